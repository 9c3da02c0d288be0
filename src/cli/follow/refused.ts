import type { Targets } from "../select/select-targets.ts";
import type { Outcome } from "./outcome.ts";

/** Words that nothing bears, as outcomes like the others. */
export const refusedOutcomes = (refused: Targets["refused"]): Outcome[] =>
  refused.map(({ word, code }) => ({
    ...{ uid: word, ok: false, code, state: null },
    message: code === "BAD_NAME" ? `no such process: ${word}` : "its supervisor does not answer",
  }));
