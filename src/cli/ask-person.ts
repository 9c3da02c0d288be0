import { createInterface } from "node:readline";
import { Writable } from "node:stream";

/**
 * A question on stderr, so that stdout stays what was asked for.
 * @param isSecret nothing of the answer is shown
 * @returns null where the input has ended
 */
export function askText(question: string, isSecret: boolean, signal: AbortSignal): Promise<string | null> {
  process.stderr.write(question);
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const output = isSecret ? nowhere : process.stderr;
  const reader = createInterface({ input: process.stdin, output, terminal: isSecret || undefined });
  return new Promise((resolve, reject) => {
    const end = () => {
      signal.removeEventListener("abort", onAbort);
      if (isSecret) process.stderr.write("\n");
    };
    const onAbort = () => {
      process.stderr.write("\n");
      reject(signal.reason); // before the close, which would answer
      reader.close();
    };
    signal.addEventListener("abort", onAbort, { once: true });
    // readline keeps Ctrl-C to itself
    reader.on("SIGINT", () => process.kill(process.pid, "SIGINT"));
    reader.once("close", () => resolve(null));
    reader.once("line", (line) => {
      end();
      resolve(line);
      reader.close();
    });
  });
}

/** @returns false for anything but a yes */
export async function askYes(question: string, signal: AbortSignal): Promise<boolean> {
  return /^y(es)?$/i.test(((await askText(`${question} [y/N] `, false, signal)) ?? "").trim());
}
