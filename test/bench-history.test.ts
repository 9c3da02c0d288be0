import { afterAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fillDirectly } from "../bench/support/direct-fill.ts";
import { settledHistory } from "../bench/support/fleet-history.ts";
import { renumbered } from "../bench/support/renumbered.ts";
import { openDatabase } from "../src/hub/store/open-database.ts";
import { openStore } from "../src/hub/store/open-store.ts";
import { createLogger } from "../src/lib/logger.ts";

const folder = mkdtempSync(join(tmpdir(), "direct-fill-"));
afterAll(() => rmSync(folder, { recursive: true }));

const endMs = Date.UTC(2026, 10, 24);
const PERIODS = 5;
const periodMs = 20 * 86_400_000;
function history(i: number) {
  const startMs = endMs - (PERIODS - i) * periodMs;
  return settledHistory(2_500, { supervisors: 20, processes: 5, startMs, endMs: startMs + periodMs });
}

function contentOf(path: string) {
  const db = openDatabase(path);
  const schema = db.$client.query("SELECT type, name, sql FROM sqlite_schema ORDER BY name").values();
  const tables = db.$client
    .query<{ name: string }, []>("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    .all();
  const rows = tables.map(({ name }) => [name, db.$client.query(`SELECT * FROM ${name}`).values()]);
  const [check] = db.$client.query("PRAGMA integrity_check").values();
  db.close();
  return { schema, rows: Object.fromEntries(rows), check };
}

test("a database that the bench fills directly is the one that the hub writes", async () => {
  const [direct, written] = [join(folder, "direct.sqlite"), join(folder, "written.sqlite")];
  await fillDirectly(direct, { count: PERIODS, ms: periodMs, history });
  const store = openStore(written, { log: createLogger("ERROR"), now: () => endMs });
  const all = Array.from({ length: PERIODS }, (_, i) => [...history(i)]).flat();
  for (const { supervisor, entry } of renumbered(all, () => 0)) store.append(supervisor, "epoch", [entry]);
  store.flush();
  store.close();
  const found = contentOf(direct);
  expect(found).toEqual(contentOf(written));
  expect(found.check).toEqual(["ok"]);
  expect(found.rows.items.length).toBeGreaterThan(12_000);
  expect(found.rows.checkpoints.length).toBeGreaterThan(1_000);
  expect(found.rows.gaps.length).toBeGreaterThan(10);
});

test("the bench of the history runs, small, and tells every figure", async () => {
  const bench = Bun.spawn([process.execPath, join(import.meta.dir, "../bench/history.ts"), "--smoke"], {
    stdout: "pipe",
    stderr: "pipe",
  });
  const [told, errors] = await Promise.all([bench.stdout, bench.stderr].map((one) => new Response(one).text()));
  expect(errors).toBe("");
  expect(await bench.exited).toBe(0);
  for (const figure of [
    "size of a million transitions",
    "first page of 20 filters, p95",
    "summary of one process, p95",
    "timeline of one process, p95",
    "summary of all by supervisor",
    "memory of the reader",
    "written in a storm",
    "written when catching up",
  ])
    expect(told).toContain(figure);
});
