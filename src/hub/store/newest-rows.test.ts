import { expect, test } from "bun:test";
import { entry, NOW, temporaryStore } from "../../../test/support/temporary-store.ts";
import type { JournalEntry } from "../../domain/journal-entry.ts";
import type { HistoryItem } from "../../protocol/hub.ts";
import { parseHistoryQuery } from "./history-query.ts";

const { open } = temporaryStore();

/** More of one stretch of time than is put in order at once. */
const ROWS = 44_000;

/** In bursts: some hundred of one process one after the other. */
const rowOf = (seq: number): JournalEntry =>
  entry(seq, {
    name: `p${Math.floor(seq / 300) % 4}`,
    toState: ["STARTING", "RUNNING", "EXITED"][seq % 3] ?? "",
    fromState: null,
  });

test.each([170, 1000])(
  "processes that say more than can be put in order are read, %d to a page, newest first",
  (limit) => {
    const store = open();
    store.append(
      "lid001",
      "e1",
      Array.from({ length: ROWS }, (_, i) => rowOf(i + 1)),
    );
    store.flush();
    const asked = { supervisor: "lid001", process: "p[1-3]", state: "RUNNING,STARTING", limit: String(limit) };
    const found: HistoryItem[] = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const page = store.history(parseHistoryQuery(cursor === "" ? asked : { ...asked, cursor }));
      found.push(...page.items);
      cursor = page.next;
    }
    const wanted = (seq: number) => Math.floor(seq / 300) % 4 > 0 && seq % 3 !== 2;
    const expected = Array.from({ length: ROWS }, (_, i) => ROWS - i).filter(wanted);
    expect(found.map(({ at }) => at - NOW)).toEqual(expected);
  },
);
