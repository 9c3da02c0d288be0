import { createInterface } from "node:readline";
import { Writable } from "node:stream";

/**
 * One line of stdin. At a terminal asks for it on stderr, so that stdout stays what was asked for, and shows nothing of
 * the answer.
 * @returns null where the input has ended
 */
export function askSecret(question: string): Promise<string | null> {
  const isTerminal = process.stdin.isTTY;
  if (isTerminal) process.stderr.write(question);
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const reader = createInterface({ input: process.stdin, output: nowhere, terminal: isTerminal });
  return new Promise((resolve) => {
    let done = false;
    const end = (line: string | null) => {
      if (done) return;
      done = true;
      if (isTerminal) process.stderr.write("\n");
      resolve(line);
      reader.close();
    };
    // readline keeps Ctrl-C to itself
    reader.on("SIGINT", () => process.kill(process.pid, "SIGINT"));
    reader.once("line", end);
    reader.once("close", () => end(null));
  });
}
