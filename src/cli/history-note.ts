import { causeOf } from "../domain/evidence.ts";
import type { HistoryItem } from "../protocol/hub.ts";
import { localTime } from "./local-time.ts";

/** One line for people about an item of the history: why, as far as that is known. */
export function historyNote(item: HistoryItem): string {
  switch (item.kind) {
    case "transition":
      return join(
        deathOf(item),
        CAUSES[item.cause ?? ""] ?? "",
        byWhom(item),
        item.spawnerr,
        item.sampled && "sampled",
      );
    case "gap": {
      const lost = item.lost ? `, ${item.lost} events lost` : "";
      return `nothing known from ${localTime(item.from ?? item.at)}: ${words(item.reason ?? "unknown")}${lost}`;
    }
    case "command": {
      const asked = [item.by?.action ?? "command", item.detail].filter(Boolean).join(" ");
      const outcome = item.ok === true ? "done" : item.ok === false ? "failed" : "outcome not known";
      return join(`${asked} ${byWhom(item)}`.trim(), outcome, item.message);
    }
    case "supervisor":
      return join(`supervisord ${item.state ?? ""}`, item.message);
    case "link":
      return join(`link ${item.state ?? ""}`, item.message);
    case "group":
      return `group ${item.group ?? ""} ${item.state ?? ""}`;
  }
}

const CAUSES: Readonly<Record<string, string>> = {
  host: "asked for at the host",
  autorestart: "autorestart",
  supervisord_start: "supervisord starts",
  supervisord_stop: "supervisord ends",
};

const words = (reason: string): string => reason.replaceAll("_", " ");

const join = (...parts: (string | null | undefined | false)[]): string =>
  parts.filter((part) => typeof part === "string" && part !== "").join("; ");

const byWhom = ({ by }: HistoryItem): string => (by === undefined ? "" : `by ${by.user ?? by.address}`);

function deathOf({ to_state, expected, evidence }: HistoryItem): string {
  const how = evidence && causeOf({ exitCode: evidence.exit_code, signal: evidence.signal });
  return join(how, to_state === "EXITED" && expected === false && "not expected");
}
