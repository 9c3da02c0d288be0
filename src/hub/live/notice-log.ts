import { seesUid } from "../../domain/access.ts";
import { createBroadcast } from "../../lib/broadcast.ts";
import type { FleetView } from "../fleet-view.ts";
import { type News, newsOfHost, newsOfProcess } from "./notice-of.ts";

/** As the pages' bell takes it. */
export type Notice = Pick<News, "key" | "words" | "path" | "level"> & {
  /** grows with every notice, over restarts of the hub as well: what is above the last one seen is new */
  readonly id: number;
  /** hub's clock, epoch ms, of the last time */
  readonly atMs: number;
  /** how often, since it was quiet for a day */
  readonly count: number;
};

export type NoticeLog = {
  /** What `view` may hear of, newest first. */
  readonly of: (view: FleetView) => readonly Notice[];
  /** @param tell called with what came together, a storm with the newest of it alone */
  readonly follow: (view: FleetView, tell: (notices: readonly Notice[]) => void) => () => void;
  readonly close: () => void;
};

type Kept = Notice & Pick<News, "uid" | "supervisor">;

const DAY_MS = 86_400_000;
const MOST = 300;
const JOIN_MS = 500;
/** of one moment; the counts in the bar tell of a storm */
const MOST_TOGETHER = 30;

const isFor = (view: FleetView, { uid, supervisor }: Kept): boolean =>
  uid === null ? view.supervisors().has(supervisor) : seesUid(view.access ?? null, uid);

const withoutOwner = ({ uid, supervisor, ...notice }: Kept): Notice => notice;

/** Trouble as it begins, of the last day: each process and host is one line, however often it fails. */
export function createNoticeLog(fleet: FleetView, now: () => number): NoticeLog {
  /** oldest first */
  const kept = new Map<string, Kept>();
  const changes = createBroadcast<Kept>();
  const down = new Set<string>();
  let lastId = 0;
  for (const { name, link } of fleet.supervisors().values()) if (link.status === "down") down.add(name);

  const forgetOld = () => {
    for (const { key, atMs } of kept.values()) {
      if (kept.size <= MOST && now() - atMs < DAY_MS) break;
      kept.delete(key);
    }
  };
  const take = (news: News | null) => {
    if (news === null) return;
    forgetOld();
    lastId = Math.max(lastId + 1, now());
    const one = { ...news, id: lastId, atMs: now(), count: (kept.get(news.key)?.count ?? 0) + 1 };
    kept.delete(news.key);
    kept.set(news.key, one);
    changes.publish(one);
  };
  const end = fleet.subscribe((change) => {
    if (change.kind === "transition") take(newsOfProcess(change, fleet.supervisors().get(change.process.supervisor)));
    if (change.kind === "supervisor_removed") down.delete(change.name);
    if (change.kind !== "supervisor") return;
    const { name, link } = change.supervisor;
    const isDown = link.status === "down";
    if (isDown === down.has(name) || link.status === "connecting") return;
    if (isDown) down.add(name);
    else down.delete(name);
    take(newsOfHost(name, isDown));
  });
  return {
    of(view) {
      forgetOld();
      return [...kept.values()]
        .filter((one) => isFor(view, one))
        .map(withoutOwner)
        .reverse();
    },
    follow(view, tell) {
      let waiting = new Map<string, Notice>();
      let timer: ReturnType<typeof setTimeout> | null = null;
      const flush = () => {
        timer = null;
        const together = [...waiting.values()].slice(-MOST_TOGETHER);
        waiting = new Map();
        tell(together);
      };
      const leave = changes.subscribe((one) => {
        if (!isFor(view, one)) return;
        waiting.delete(one.key);
        waiting.set(one.key, withoutOwner(one));
        timer ??= setTimeout(flush, JOIN_MS);
      });
      return () => {
        leave();
        if (timer !== null) clearTimeout(timer);
      };
    },
    close: end,
  };
}
