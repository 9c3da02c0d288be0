import { lookOf } from "../../views/process-look.ts";
import { stateWords } from "../../views/process-words.ts";
import { shortenMiddle } from "../../views/shorten.ts";
import { processUrl, supervisorUrl } from "../../views/urls.ts";
import type { FleetChange } from "../fleet-change.ts";
import type { FleetView } from "../fleet-view.ts";
import type { PageMessage } from "./page-stream.ts";

/** What a person should hear of, as the pages' bell takes it. */
type Notice = {
  readonly key: string;
  readonly words: string;
  /** without the base path */
  readonly path: string;
  readonly bad: boolean;
  /** hub's clock */
  readonly atMs: number;
};

const JOIN_MS = 500;
/** of one moment; a storm is told by the counts in the bar */
const MOST = 30;

/** Trouble as it begins: processes that end badly, hosts that are lost and found. @param tell called with what came together */
export function notices(fleet: FleetView, now: () => number, tell: (message: PageMessage) => void): () => void {
  let waiting = new Map<string, Notice>();
  let timer: ReturnType<typeof setTimeout> | null = null;
  const down = new Set<string>();
  for (const { name, link } of fleet.supervisors().values()) if (link.status === "down") down.add(name);

  const noticeOf = (change: FleetChange): Notice | null => {
    if (change.kind === "transition") {
      const { process } = change;
      const supervisor = fleet.supervisors().get(process.supervisor);
      if (supervisor === undefined) return null;
      const look = lookOf({ process, supervisor });
      if (look !== "bad" && (look !== "backoff" || process.state !== "BACKOFF")) return null;
      const where = `${shortenMiddle(process.name, 60)} on ${shortenMiddle(process.supervisor, 40)}`;
      const words = `${where}: ${stateWords({ process, supervisor })}`;
      return { key: process.uid, words, path: processUrl("", process.uid), bad: look === "bad", atMs: now() };
    }
    if (change.kind !== "supervisor") return null;
    const { name, link } = change.supervisor;
    const is = link.status === "down";
    if (is === down.has(name) || link.status === "connecting") return null;
    if (is) down.add(name);
    else down.delete(name);
    const words = `${shortenMiddle(name, 60)} is ${is ? "down" : "back"}`;
    return { key: `host ${name}`, words, path: supervisorUrl("", name), bad: is, atMs: now() };
  };
  const flush = () => {
    timer = null;
    const together = [...waiting.values()].slice(0, MOST);
    waiting = new Map();
    tell({ event: "notices", data: JSON.stringify(together) });
  };
  const end = fleet.subscribe((change) => {
    const notice = noticeOf(change);
    if (notice === null) return;
    waiting.set(notice.key, notice);
    timer ??= setTimeout(flush, JOIN_MS);
  });
  return () => {
    end();
    if (timer !== null) clearTimeout(timer);
  };
}
