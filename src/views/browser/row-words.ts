import type { Action } from "../process-look.ts";
import { elementsOf } from "./row-data.ts";

/** What a row says of an action that failed; then its state is to be read again. The whole story is elsewhere. */
const FAILED_MS = 12_000;

const slotsOf = (uid: string): HTMLElement[] =>
  elementsOf(uid).flatMap((element) => [...element.querySelectorAll<HTMLElement>(".status, .why")]);

/** Where words of ours stand, so that an update of thousands of rows looks for nothing. */
const spoken = new Map<string, ReturnType<typeof setTimeout> | null>();

type Words = {
  readonly note?: string;
  /** `short` where space is */
  readonly failed?: { readonly words: string; readonly short: string };
};

/** In place of the state, where the action was asked for. Nothing: the state is to be read again. */
export function say(uid: string, { note, failed }: Words): void {
  clearTimeout(spoken.get(uid) ?? undefined);
  if (note === undefined && failed === undefined) spoken.delete(uid);
  else spoken.set(uid, failed === undefined ? null : setTimeout(() => say(uid, {}), FAILED_MS));
  for (const { dataset } of slotsOf(uid)) {
    delete dataset.cNote;
    delete dataset.cFailed;
    delete dataset.cShort;
    if (note !== undefined) dataset.cNote = note;
    if (failed === undefined) continue;
    dataset.cFailed = failed.words;
    dataset.cShort = failed.short;
  }
}

/** A new state says more than our own words. */
export function clearWords(row: HTMLElement): void {
  const { uid } = row.dataset;
  if (uid !== undefined && spoken.has(uid)) say(uid, {});
}

export function markBusy(uid: string, action: Action, busy: boolean): void {
  for (const element of elementsOf(uid))
    for (const button of element.querySelectorAll<HTMLElement>(`[data-act="${action}"]`))
      button.toggleAttribute("data-c-busy", busy);
}
