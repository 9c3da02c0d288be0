const BY_OTHERS = 0o007;

/** What to say of a file with a secret that everybody on the machine may read; null: nothing. */
export async function openToOthers(path: string): Promise<string | null> {
  const { mode } = await Bun.file(path).stat();
  return (mode & BY_OTHERS) === 0 ? null : `${path} can be read by everybody on this machine: chmod o-rwx ${path}`;
}
