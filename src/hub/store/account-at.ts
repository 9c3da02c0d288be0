import { type Account, newAccount, passTo } from "../../domain/account.ts";
import { applyItem } from "./account-event.ts";
import type { AccountRows } from "./account-rows.ts";

/** Before all that can be in a history. */
const EVER_MS = 0;

const nothing = () => {};

/**
 * The account of a process up to (not with) a moment: the last row before it, and the few events in between.
 * @returns null where it was not heard of yet
 */
export function accountAt(rows: AccountRows, process: number, toMs: number): Account | null {
  const base = rows.checkpoints.last(process, toMs);
  const { supervisorId, groupId } = rows.placeOf(process);
  const fromMs = base?.atMs ?? EVER_MS;
  const items = rows.items(process, groupId, fromMs, toMs);
  const unknowns = rows.unknowns(supervisorId, fromMs, toMs);
  let account = base;
  for (const { atMs, code, facts } of items) {
    // A group is there before its processes are heard of.
    if (account === null && isOfGroup(code)) continue;
    account ??= newAccount(atMs);
    passTo(account, atMs, unknowns, nothing);
    applyItem(account, code, facts, nothing);
  }
  if (account !== null) passTo(account, toMs, unknowns, nothing);
  return account;
}

export const isOfGroup = (code: number): boolean => code > 7;
