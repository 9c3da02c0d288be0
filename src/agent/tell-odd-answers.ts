import { MultivisorError, messageOf } from "../domain/errors.ts";
import type { Logger } from "../lib/logger.ts";
import type { Rpc } from "../supervisord/rpc-client.ts";

/** However often answers turn good and bad. */
const SELDOM_MS = 10_000;

/** Not what supervisord refuses in so many words. */
const isOdd = (error: unknown): boolean =>
  !(error instanceof MultivisorError) ||
  error.mayBeDone ||
  ["HOST_UNREACHABLE", "UNAUTHORIZED", "BAD_WIRE"].includes(error.code);

/** The same calls; says once that supervisord gives no answer, or none that can be read, and once that it does again. */
export function tellOddAnswers(rpc: Rpc, log: Logger, nowMs: () => number = () => performance.now()): Rpc {
  let isBad = false;
  let toldMs = Number.NEGATIVE_INFINITY;
  return async (method, ...params) => {
    try {
      const answer = await rpc(method, ...params);
      if (isBad) log.info("supervisord answers");
      isBad = false;
      return answer;
    } catch (error) {
      if (isOdd(error) && !isBad && nowMs() - toldMs >= SELDOM_MS) {
        log.warn(messageOf(error));
        [isBad, toldMs] = [true, nowMs()];
      }
      throw error;
    }
  };
}
