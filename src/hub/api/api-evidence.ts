import type { Evidence } from "../../domain/evidence.ts";
import type { HubEvidence } from "../../protocol/hub.ts";

/** As /api/history and /api/process/info show it. */
export const apiEvidence = (evidence: Evidence): HubEvidence => ({
  exit_code: evidence.exitCode,
  signal: evidence.signal,
  ran_ms: evidence.ranMs,
  stderr_tail: evidence.stderrTail,
  stdout_tail: evidence.stdoutTail,
  rss_bytes: evidence.rssBytes,
});
