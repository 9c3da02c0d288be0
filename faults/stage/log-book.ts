import { existsSync, readFileSync } from "node:fs";
import type { Log } from "../fault.ts";
import type { Stage } from "./stage.ts";

export type LogLine = { readonly log: Log; readonly text: string };

export type LogBook = {
  /** without their times, since the book was opened or turned */
  readonly lines: () => LogLine[];
  /** What has been written so far is not read again. */
  readonly turn: () => void;
};

/** The audit's lines tell of what people did, not of faults. */
const isOfAudit = (text: string): boolean => text.includes(" audit: ");

/** The logs of hub and agents from now on. */
export function openLogBook({ place, hub }: Pick<Stage, "place" | "hub">): LogBook {
  const agentLog = (host: string) => {
    const file = place.path(host, "agent.log");
    return existsSync(file) ? readFileSync(file, "utf8") : "";
  };
  const read = { hub: hub.log, alpha: () => agentLog("alpha"), beta: () => agentLog("beta") };
  const seen: Record<Log, number> = { hub: 0, alpha: 0, beta: 0 };
  const logs = Object.keys(read) as Log[];
  const turn = () => {
    for (const log of logs) seen[log] = read[log]().length;
  };
  turn();
  return {
    turn,
    lines: () =>
      logs.flatMap((log) =>
        read[log]()
          .slice(seen[log])
          .split("\n")
          .filter((text) => text !== "" && !isOfAudit(text))
          .map((text) => ({ log, text: text.replace(/^\d{4}-\d\d-\d\dT[\d:.]+Z /, "") })),
      ),
  };
}
