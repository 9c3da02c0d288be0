import type { Transition } from "./journal-entry.ts";
import type { ProcessUid, SupervisorName } from "./names.ts";

export type NotificationLevel = "DEBUG" | "INFO" | "WARNING" | "ERROR";

/** What a notification is about, where it is about something. */
export type NotificationSubject = {
  readonly supervisor?: SupervisorName;
  readonly uid?: ProcessUid;
  /** why something failed, one line for people */
  readonly reason?: string;
};

/** One line for people, as /api/stream sends it. */
export type Notification = NotificationSubject & {
  readonly message: string;
  readonly level: NotificationLevel;
  /** epoch milliseconds, hub's clock */
  readonly timeMs: number;
};

function levelOf(t: Transition): NotificationLevel {
  switch (t.toState) {
    case "FATAL":
    case "UNKNOWN":
      return "ERROR";
    case "BACKOFF":
      return "WARNING";
    case "EXITED":
      return t.expected === false ? "WARNING" : "INFO";
    case "STOPPED":
    case "STARTING":
    case "RUNNING":
    case "STOPPING":
      return "INFO";
  }
}

/** Wording of Multivisor 6: "exits_10s on lid001 changed from RUNNING to EXITED". */
export const transitionNotification = (
  { uid, supervisor }: { readonly uid: ProcessUid; readonly supervisor: SupervisorName },
  t: Transition,
  nowMs: number,
): Notification => ({
  message: `${t.name} on ${supervisor} changed from ${t.fromState ?? "UNKNOWN"} to ${t.toState}`,
  level: levelOf(t),
  timeMs: nowMs,
  supervisor,
  uid,
});
