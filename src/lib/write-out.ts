/**
 * Writes to stdout and waits until the text has left: exiting earlier would cut it off in a pipe. Resolves too when the
 * reader has gone (`multivisor cli status | head -1`), which is no error of ours.
 */
export function writeOut(text: string): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      process.stdout.removeListener("error", done);
      resolve();
    };
    process.stdout.on("error", done);
    process.stdout.write(text, done);
  });
}
