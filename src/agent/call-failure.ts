import { MultivisorError, messageOf } from "../domain/errors.ts";
import type { CallResult } from "../protocol/agent.ts";

/** What was thrown, as the result of a call. */
export const failed = (error: unknown): Extract<CallResult, { ok: false }> => ({
  ok: false,
  code: error instanceof MultivisorError ? error.code : "FAILED",
  message: messageOf(error),
});
