import { type ErrorCode, failureText, MultivisorError } from "../../domain/errors.ts";
import type { ProcessStateName } from "../../domain/states.ts";
import type { RereadResult } from "../../protocol/agent.ts";

/** What became of one target. Partial failure of a bulk action is data, not an exception. */
export type ProcessResult =
  | { readonly uid: string; readonly ok: true; readonly state: ProcessStateName; readonly message?: string }
  | {
      readonly uid: string;
      readonly ok: false;
      readonly code: ErrorCode;
      readonly message: string;
      /** it was accepted and goes on: a notification will tell how it ended */
      readonly pending?: true;
      /** null where nothing of it is known */
      readonly state: ProcessStateName | null;
    };

export type SupervisorResult =
  | {
      readonly supervisor: string;
      /** of `add` and `remove`: there is one result for each */
      readonly group?: string;
      readonly ok: true;
      readonly reread?: RereadResult;
    }
  | {
      readonly supervisor: string;
      readonly group?: string;
      readonly ok: false;
      readonly code: ErrorCode;
      readonly message: string;
      /** it was accepted and goes on */
      readonly pending?: true;
    };

/**
 * Failures after which the world is as the caller wanted it, or as this hub keeps it on purpose: no reason to answer an
 * old script with an error.
 */
const HARMLESS: ReadonlySet<ErrorCode> = new Set<ErrorCode>(["NOT_RUNNING", "ALREADY_STARTED", "AGENT_PROTECTED"]);

export const isHarmless = (result: ProcessResult | SupervisorResult): boolean => result.ok || HARMLESS.has(result.code);

export const codeOf = (error: unknown): ErrorCode => (error instanceof MultivisorError ? error.code : "FAILED");

/** For every target of a command that failed as a whole. */
export const failureOf = (error: unknown): { ok: false; code: ErrorCode; message: string } => ({
  ok: false,
  code: codeOf(error),
  message: failureText(error),
});
