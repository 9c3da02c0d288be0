import type { Deed } from "./outcome-words.ts";

/** An action whose outcome nobody has read yet. */
export type Unread = {
  /** its ids at the hub */
  readonly actions: readonly string[];
  readonly deed: Deed;
  readonly title: string;
  readonly targets: readonly string[];
};

const STORE = "multivisor-unread-actions";
const MOST = 10;

/** Of this tab, over its pages. */
export function unreadActions(): readonly Unread[] {
  try {
    return JSON.parse(sessionStorage.getItem(STORE) ?? "[]") as Unread[];
  } catch {
    return [];
  }
}

function store(all: readonly Unread[]): void {
  try {
    sessionStorage.setItem(STORE, JSON.stringify(all.slice(-MOST)));
  } catch {
    // forbidden or full: then it is told on this page alone
  }
}

export const keepUnread = (one: Unread): void => store([...unreadActions(), one]);

export const forgetUnread = (actions: readonly string[]): void =>
  store(unreadActions().filter((one) => one.actions[0] !== actions[0]));
