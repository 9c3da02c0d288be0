/** What is known of the end of a process; null where it is not known. */
export type Evidence = {
  readonly exitCode: number | null;
  /** "SIGKILL" */
  readonly signal: string | null;
  /** how long it ran: to the millisecond where supervisord's main log tells, else to the second */
  readonly ranMs: number | null;
  /** what it had written at the end: at most 50 lines and 16 KiB, bytes that are no UTF-8 replaced */
  readonly stderrTail: string | null;
  readonly stdoutTail: string | null;
  /** resident memory of it and its children when it was last looked at, up to 5 s before */
  readonly rssBytes: number | null;
};

/** It is kept so long after the end that it is of; the transition itself is kept as long as any. */
export const EVIDENCE_DAYS = 60;

/** The cause in a word or two: "exit 3", "SIGKILL"; null where it is not known. */
export function causeOf(evidence: Pick<Evidence, "exitCode" | "signal"> | null): string | null {
  if (evidence === null) return null;
  return evidence.signal ?? (evidence.exitCode === null ? null : `exit ${evidence.exitCode}`);
}
