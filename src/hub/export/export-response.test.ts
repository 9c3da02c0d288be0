import { expect, test } from "bun:test";
import type { HistoryItem, HistoryPage } from "../../protocol/hub.ts";
import { HISTORY_CSV } from "../history/history-csv.ts";
import { EXPORT_FORMATS } from "./export-format.ts";
import { exportResponse } from "./export-response.ts";

const ITEM: HistoryItem = {
  ...{ id: 1, kind: "transition", supervisor: "lid001", uid: "lid001:PLC:a", group: "PLC", name: "a" },
  ...{ from_state: "RUNNING", to_state: "EXITED", at: Date.UTC(2026, 0, 1), expected: false, pid: 7, spawnerr: null },
  evidence: { exit_code: 3, signal: null, ran_ms: 1, stderr_tail: "bad", stdout_tail: null, rss_bytes: null },
};

const said: string[] = [];
const HISTORY = { what: "history", csv: HISTORY_CSV, log: { error: (line: string) => void said.push(line) } } as const;

/** A history without end. */
function endless() {
  let pages = 0;
  const page = (_: string | null, limit: number): HistoryPage => {
    pages++;
    return { items: Array.from({ length: limit }, () => ITEM), next: `after ${pages}` };
  };
  return { page, pages: () => pages };
}

const turns = async (): Promise<void> => {
  for (let i = 0; i < 100; i++) await Bun.sleep(0);
};

test.each(EXPORT_FORMATS)(
  "%s is read no faster than it is taken, and no further once its reader has gone",
  async (format) => {
    const { page, pages } = endless();
    const { body } = exportResponse({ ...HISTORY, format, limit: Number.POSITIVE_INFINITY, page });
    const reader = (body as ReadableStream<Uint8Array>).getReader();
    for (let i = 0; i < 3; i++) await reader.read();
    await turns();
    expect(pages()).toBeLessThanOrEqual(4);
    await reader.cancel();
    const read = pages();
    await turns();
    expect(pages()).toBe(read);
  },
);

test("a limit is of the whole, and JSON says where to go on", async () => {
  const { page, pages } = endless();
  const { items, next } = await exportResponse({ ...HISTORY, format: "json", limit: 450, page }).json();
  expect(items).toHaveLength(450);
  expect(next).toBe(`after ${pages()}`);
});

test("short and empty pages on the way leave no holes in the JSON", async () => {
  const sizes = [0, 2, 0, 0, 1, 0];
  const page = (): HistoryPage => {
    const items = Array.from({ length: sizes.shift() ?? 0 }, () => ITEM);
    return { items, next: sizes.length === 0 ? null : "on" };
  };
  const { items, next } = await exportResponse({
    ...HISTORY,
    format: "json",
    limit: Number.POSITIVE_INFINITY,
    page,
  }).json();
  expect(items).toEqual([ITEM, ITEM, ITEM]);
  expect(next).toBeNull();
});

test("CSV says why it ended", async () => {
  const { page } = endless();
  const [head = "", row = ""] = (await exportResponse({ ...HISTORY, format: "csv", limit: 1, page }).text()).split(
    "\r\n",
  );
  const column = (name: string) => row.split(",")[head.split(",").indexOf(name)];
  expect([column("at"), column("to_state"), column("exit_code"), column("signal")]).toEqual([
    ...["2026-01-01T00:00:00.000Z", "EXITED", "3", ""],
  ]);
});

test("a history that fails on the way breaks the file off, so that it is not taken for all of it", async () => {
  let pages = 0;
  const page = (): HistoryPage => {
    if (++pages > 2) throw new Error("the disk is gone");
    return { items: [ITEM], next: "on" };
  };
  const response = exportResponse({ ...HISTORY, format: "ndjson", limit: Number.POSITIVE_INFINITY, page });
  await expect(
    response.text().then(
      () => "whole",
      () => "broken off",
    ),
  ).resolves.toBe("broken off");
  expect(said).toEqual(["An export of the history was broken off after 2 items: the disk is gone"]);
});
