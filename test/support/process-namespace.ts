/** Words in front of a command that is to be the first process of a container; it ends with them. */
export const INSIDE = ["unshare", "--pid", "--fork", "--mount-proc", "--kill-child"] as const;

/** null: such a container can be made here; else why not. */
export function whyNoProcessNamespace(): string | null {
  const { exitCode, stderr } = Bun.spawnSync([...INSIDE, "true"]);
  return exitCode === 0 ? null : stderr.toString().trim();
}
