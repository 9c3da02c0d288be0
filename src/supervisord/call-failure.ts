import type { CallFailure } from "../domain/call.ts";
import { failureText, MultivisorError } from "../domain/errors.ts";

export const callFailure = (error: unknown): CallFailure => ({
  ok: false,
  code: error instanceof MultivisorError ? error.code : "FAILED",
  message: failureText(error),
});
