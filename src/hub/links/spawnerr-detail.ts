import type { Transition, Unnumbered } from "../../domain/journal-entry.ts";
import type { ProcessInfo } from "../../domain/process.ts";

/** Why it could not be started, or that it died unexpectedly: what supervisord says beside the transition. */
export function detailOf(t: Transition, info: ProcessInfo | undefined): Unnumbered[] {
  if (info === undefined || info.state !== t.toState || info.spawnerr === "") return [];
  if (t.toState !== "BACKOFF" && t.toState !== "FATAL" && t.toState !== "EXITED") return [];
  const { group, name, spawnerr } = info;
  return [{ kind: "detail", atMs: t.atMs, ofSeq: t.seq, ofMs: t.atMs, group, name, spawnerr }];
}
