import { expect, test } from "bun:test";
import { entry, items, NOW, temporaryStore } from "../../../test/support/temporary-store.ts";
import type { Namespec } from "../../domain/names.ts";
import { DEFAULT_RETENTION, type Retention } from "./retention.ts";

const { place, open } = temporaryStore();
const DAY = 86_400_000;
const evidence = { exitCode: 3, signal: null, ranMs: 17, stderrTail: "bad\n", stdoutTail: "", rssBytes: 4_096 };

/** Ends that were not expected, so many days ago, and why. */
const deaths = (days: readonly number[]) =>
  days.flatMap((day, i) => [
    entry(2 * i + 1, { atMs: NOW - day * DAY, toState: "EXITED", expected: false }),
    {
      ...{ kind: "detail" as const, seq: 2 * i + 2, atMs: NOW - day * DAY + 50, group: "PLC", name: "wcid00a" },
      ...{ ofSeq: 2 * i + 1, ofMs: NOW - day * DAY, spawnerr: "", evidence },
    },
  ]);

test("evidence is forgotten after 60 days, the transition that it was of is not", async () => {
  const store = open({ retention: () => DEFAULT_RETENTION });
  store.append("lid001", "e1", deaths([200, 61, 59, 1]));
  store.flush();
  await store.warm();
  expect(items(store).map((item) => [item.expected, item.evidence?.exit_code ?? null])).toEqual([
    ...[
      [false, 3],
      [false, 3],
      [false, null],
      [false, null],
    ],
  ]);
  expect(items(store, { text: "exit 3" })).toHaveLength(2);
  expect(store.lastEvidence("lid001", "PLC:wcid00a" as Namespec)).toMatchObject({ atMs: NOW - DAY });
});

test("what is kept is as the configuration says now, while more is written and read", async () => {
  let retention: Retention = DEFAULT_RETENTION;
  const store = open({ retention: () => retention });
  const old = Array.from({ length: 900 }, (_, i) => entry(i + 1, { atMs: NOW - 50 * DAY + i }));
  store.append("lid001", "e1", old);
  store.flush();
  await store.warm();
  expect(items(store, { limit: "1000" })).toHaveLength(900);
  retention = { ...DEFAULT_RETENTION, days: 30 };
  const done = store.warm();
  let seq = 900;
  let reads = 0;
  let isDone = false;
  done.then(() => (isDone = true));
  while (!isDone) {
    store.append("lid001", "e1", [entry(++seq)]);
    reads += items(store, { limit: "1" }).length;
    await Bun.sleep(0);
  }
  store.flush();
  await store.warm();
  expect(reads).toBeGreaterThan(0);
  expect(items(store, { to: String(NOW - 30 * DAY) })).toEqual([]);
  expect(items(store, { limit: "1000" })).toHaveLength(Math.min(1_000, seq - 900));
  expect(place.lines).toEqual([]);
});

test("nothing is forgotten because the hub's clock, or that of a host, is years ahead", async () => {
  const YEARS = 20 * 365 * DAY;
  const last = deaths([300, 59, 1]);
  const hubAhead = open({ retention: () => DEFAULT_RETENTION, now: () => NOW + YEARS });
  hubAhead.append("lid001", "e1", last);
  hubAhead.flush();
  await hubAhead.warm();
  const kept = () => items(hubAhead, { supervisor: "lid001" }).map(({ evidence: of }) => of?.exit_code ?? null);
  expect(kept()).toEqual([3, 3, null]);
  hubAhead.close();
  const hostAhead = open({ retention: () => DEFAULT_RETENTION });
  hostAhead.append("lid002", "e1", [entry(1, { atMs: NOW + YEARS })]);
  hostAhead.flush();
  await hostAhead.warm();
  expect(items(hostAhead, { supervisor: "lid001", to: String(NOW) })).toHaveLength(3);
});
