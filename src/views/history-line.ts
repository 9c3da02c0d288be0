import { causeOf, EVIDENCE_DAYS } from "../domain/evidence.ts";
import { formatAge } from "./age.ts";
import { shortenMiddle } from "./shorten.ts";
import { historyTexts as texts } from "./texts/history.ts";

/** What the pages show of an item of /api/history. */
export type HistoryLine = {
  readonly id: number | string;
  readonly kind: "transition" | "gap" | "supervisor" | "link" | "group" | "command";
  readonly supervisor: string;
  readonly uid: string | null;
  readonly group: string | null;
  readonly name: string | null;
  readonly from_state: string | null;
  readonly to_state: string | null;
  /** epoch ms of the host's clock */
  readonly at: number;
  readonly expected: boolean | null;
  readonly pid: number | null;
  readonly spawnerr: string | null;
  readonly sampled?: boolean;
  readonly tries?: number | null;
  readonly evidence?: LineEvidence | null;
  readonly cause?: string | null;
  readonly by?: { readonly user: string | null; readonly address: string; readonly action: string };
  readonly state?: string;
  readonly ok?: boolean | null;
  readonly detail?: string;
  readonly message?: string;
  readonly from?: number;
  readonly to?: number;
  readonly reason?: string;
  readonly lost?: number | null;
};

export type LineEvidence = {
  readonly exit_code: number | null;
  readonly signal: string | null;
  readonly ran_ms: number | null;
  readonly stderr_tail: string | null;
  readonly stdout_tail: string | null;
  readonly rss_bytes: number | null;
};

/** What stands there may be of a newer version. */
const among = (words: Readonly<Record<string, string>>, key: string | null | undefined): string | undefined =>
  words[key ?? ""];

/** "250 ms", "1.0 s", "3 min" */
export const formatRan = (ms: number): string =>
  ms < 1_000 ? `${Math.round(ms)} ms` : ms < 60_000 ? `${(ms / 1_000).toFixed(1)} s` : formatAge(ms);

export const formatBytes = (bytes: number): string =>
  bytes < 1_024 * 1_024 ? `${Math.round(bytes / 1_024)} KiB` : `${(bytes / 1_024 / 1_024).toFixed(1)} MiB`;

const EVIDENCE_MS = EVIDENCE_DAYS * 86_400_000;

/** What was known of it, if anything was, is no longer kept. */
const isForgotten = ({ to_state, expected, at, spawnerr }: HistoryLine, nowMs: number): boolean =>
  at < nowMs - EVIDENCE_MS && !spawnerr && (to_state === "FATAL" || (to_state === "EXITED" && expected === false));

/** "exit 3 after 1.0 s" */
function death(line: HistoryLine, nowMs: number): string {
  const { evidence } = line;
  if (!evidence) return isForgotten(line, nowMs) ? texts.noLonger(EVIDENCE_DAYS) : "";
  const cause = causeOf({ exitCode: evidence.exit_code, signal: evidence.signal });
  const ran = evidence.ran_ms === null ? "" : texts.after(formatRan(evidence.ran_ms));
  return [cause ?? (ran === "" ? "" : texts.ended), ran].filter((part) => part !== "").join(" ");
}

function who({ by }: HistoryLine): string {
  if (by === undefined) return "";
  const words = texts.by(by.action, shortenMiddle(by.user ?? texts.somebody, 40));
  return by.address === "" ? words : texts.from(words, by.address);
}

const causeWords = (line: HistoryLine): string =>
  line.cause === "user" && line.by !== undefined ? who(line) : (among(texts.causes, line.cause) ?? "");

/** Why, in a line. */
export function lineWords(line: HistoryLine, nowMs: number): string {
  switch (line.kind) {
    case "gap":
      return [among(texts.gaps, line.reason) ?? line.reason, line.lost ? texts.missing(line.lost) : ""]
        .filter(Boolean)
        .join(", ");
    case "command":
      return [who(line), line.detail, line.message].filter(Boolean).join(", ");
    case "link":
    case "supervisor":
      return line.message ?? "";
    case "group":
      return causeWords(line);
    case "transition": {
      const cause = causeWords(line);
      const end = death(line, nowMs);
      // supervisord says no more with it than that it ended
      const spawnerr = end !== "" && line.spawnerr?.startsWith("Exited too quickly") ? "" : line.spawnerr;
      return [end, spawnerr, cause].filter(Boolean).join("; ");
    }
  }
}

/** The last lines it wrote, the place to look for the reason. */
export const lineTail = ({ evidence }: HistoryLine): string =>
  (evidence?.stderr_tail ?? "").trimEnd() || (evidence?.stdout_tail ?? "").trimEnd();
