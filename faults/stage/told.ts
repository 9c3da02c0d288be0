import { waitFor } from "../../test/support/wait-for.ts";
import type { Log } from "../fault.ts";
import { openLogBook } from "./log-book.ts";
import type { Stage } from "./stage.ts";

const PATIENCE_MS = 30_000;

/**
 * What lasts until it has been noticed: something else may be wrong at the same time and hide it.
 * @returns waits until a log has one more line that reads like this
 */
export function told(stage: Stage, log: Log, line: RegExp): () => Promise<unknown> {
  const book = openLogBook(stage);
  const isTold = () => book.lines().some((one) => one.log === log && line.test(one.text));
  return () => waitFor(`${log} to say ${line}`, isTold, PATIENCE_MS);
}
