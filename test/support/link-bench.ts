import { readConfiguration } from "../../src/hub/configuration/read-configuration.ts";
import { createHub, type Hub } from "../../src/hub/hub.ts";
import { parseHistoryQuery } from "../../src/hub/store/history-query.ts";
import { openStore } from "../../src/hub/store/open-store.ts";
import type { Store } from "../../src/hub/store/store.ts";
import { createLogger } from "../../src/lib/logger.ts";
import type { HistoryItem } from "../../src/protocol/hub.ts";
import type { TestPlace } from "./test-place.ts";
import { waitFor } from "./wait-for.ts";

/** Fleet, links, actions and history of a hub in this process, without its pages: what a link makes of its peer. */
export type LinkBench = {
  readonly hub: Hub;
  readonly store: Store;
  /** per uid, the states that were announced as entered, in order */
  readonly states: (uid: string) => string[];
  readonly process: (uid: string) => ReturnType<Hub["fleet"]["process"]>;
  readonly supervisor: (name: string) => ReturnType<ReturnType<Hub["fleet"]["supervisors"]>["get"]>;
  readonly reason: (name: string) => string;
  readonly live: (...names: string[]) => Promise<void>;
  /** oldest first */
  readonly history: (supervisor: string) => HistoryItem[];
  readonly log: () => string;
  readonly close: () => Promise<void>;
};

let benches = 0;

/**
 * @param supervisors sections of multivisor.conf, by name
 * @param database a file in the place; the same again is a hub that was started again
 */
export function openLinkBench(
  place: TestPlace,
  supervisors: Record<string, string>,
  database = `bench${++benches}.sqlite`,
): LinkBench {
  const lines: string[] = [];
  const log = createLogger("DEBUG", (line) => lines.push(line));
  const text = `[global]\nname=bench\n${Object.entries(supervisors)
    .map(([name, body]) => `[supervisor:${name}]\n${body}\n`)
    .join("")}`;
  const store = openStore(place.path(database), { log, now: Date.now });
  const hub = createHub({
    readConfiguration: () => readConfiguration(text, "multivisor.conf"),
    ...{ history: store, log, nowMs: Date.now },
  });
  const entered: { uid: string; state: string }[] = [];
  hub.fleet.subscribe((change) => {
    if (change.kind === "transition") entered.push({ uid: change.process.uid, state: change.transition.toState });
  });
  const supervisor = (name: string) => hub.fleet.supervisors().get(name);
  const reason = (name: string) => {
    const link = supervisor(name)?.link;
    return link?.status === "down" ? link.reason : "";
  };
  let closed = false;
  const close = async () => {
    if (closed) return;
    closed = true;
    await hub.close();
    store.close();
  };
  place.defer(close);
  return {
    ...{ hub, store, supervisor, reason, close },
    states: (uid) => entered.filter((one) => one.uid === uid).map(({ state }) => state),
    process: (uid) => hub.fleet.process(uid as never),
    live: async (...names) => {
      const waiting = () => names.filter((name) => supervisor(name)?.link.status !== "live");
      await waitFor(
        () => `${waiting().map((name) => `${name} (${reason(name)})`)} to be live; log:\n${lines.join("")}`,
        () => waiting().length === 0,
        15_000,
      );
    },
    history(name) {
      store.flush();
      return store.history(parseHistoryQuery({ supervisor: name, limit: "1000" })).items.reverse();
    },
    log: () => lines.join(""),
  };
}
