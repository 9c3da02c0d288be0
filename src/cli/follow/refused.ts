import type { Targets } from "../select/select-targets.ts";
import { isGroupWord } from "../select/unknown-line.ts";
import type { Outcome } from "./outcome.ts";

/** Words that nothing bears, as outcomes like the others. */
export const refusedOutcomes = (refused: Targets["refused"]): Outcome[] =>
  refused.map(({ word, code }) => ({
    ...{ uid: word, ok: false, code, state: null },
    message:
      code === "BAD_NAME"
        ? `no such ${isGroupWord(word) ? "group" : "process"}: ${word}`
        : "its supervisor does not answer",
  }));
