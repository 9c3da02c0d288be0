/** Runs a program with the terminal's output. @throws when it fails, with the words that it was called with */
export async function run(words: readonly string[], options: { cwd?: string } = {}): Promise<void> {
  const child = Bun.spawn({ cmd: [...words], stdio: ["ignore", "inherit", "inherit"], ...options });
  const code = await child.exited;
  if (code !== 0) throw new Error(`exit code ${code} of: ${words.join(" ")}`);
}
