import { type Account, type AccountEvent, enterKind, type OnOutage, timeKindOf } from "../../domain/account.ts";
import { expectedOfFacts, GROUP_CODE, STATE_CODE, stateOfItemCode } from "./item-codes.ts";

const { STARTING, RUNNING, BACKOFF, EXITED, FATAL } = STATE_CODE;

/** As `facts` have it: state left + 1, 0 for none. */
const fromOf = (facts: number): number => (facts & 15) - 1;

/** Every start counts but the further tries of one, and runs that nobody saw begin. */
const isRestart = (code: number, from: number): boolean =>
  code === STARTING ? from !== BACKOFF : code === RUNNING && from >= 0 && from !== STARTING;

function eventOf(account: Account, code: number, facts: number, atMs: number): AccountEvent {
  if (code === GROUP_CODE.REMOVED) return { atMs, kind: "absent", isRestart: false, isCrash: false };
  if (code === GROUP_CODE.ADDED) {
    const kind = account.kind === "absent" ? "stopped" : account.kind;
    return { atMs, kind, isRestart: false, isCrash: false };
  }
  const expected = code === EXITED ? expectedOfFacts(facts) : null;
  return {
    atMs,
    kind: timeKindOf(stateOfItemCode(code) ?? "UNKNOWN", expected),
    isRestart: isRestart(code, fromOf(facts)),
    isCrash: code === FATAL || expected === false,
  };
}

/** A row of the history happens to the account, which has come to its time. */
export const applyItem = (account: Account, code: number, facts: number, onOutage: OnOutage): void =>
  enterKind(account, eventOf(account, code, facts, account.atMs), onOutage);
