/**
 * Writes to stdout and waits until the text has left: exiting earlier would cut it off in a pipe. Resolves too when the
 * reader has gone (`multivisor cli status | head -1`), which is no error of ours.
 */
export function writeOut(text: string): Promise<void> {
  return new Promise((resolve) => {
    process.stdout.once("error", () => resolve());
    process.stdout.write(text, () => resolve());
  });
}
