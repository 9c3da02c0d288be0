import { describe, expect, test } from "bun:test";
import type { MainLogLine } from "../../supervisord/main-log-line.ts";
import { createDeathJoin } from "./death-join.ts";

const OWN = 7;
const spawned = (name: string, pid: number, atMs: number): MainLogLine => ({ what: "spawned", name, pid, atMs });
const exited = (name: string, exitCode: number, atMs: number, expected = false): MainLogLine => ({
  ...{ what: "exited", name, exitCode, signal: null, atMs, expected },
});
/** @param gone ids of processes that are not there any more */
function joined(lines: readonly MainLogLine[], gone: readonly number[] = [], sinceMs = 1_000) {
  const join = createDeathJoin(sinceMs, OWN, (pid) => !gone.includes(pid));
  for (const line of lines) join.feed(line);
  return join;
}

describe("the end that an event speaks of", () => {
  test("is the one of the run with its pid, with the time it ran", () => {
    const join = joined([
      ...[spawned("a", 10, 1_000), exited("a", 1, 1_500), spawned("a", 11, 1_600), exited("a", 2, 1_900)],
    ]);
    expect(join.claim("a", 11, 2_000)).toMatchObject({ exitCode: 2, spawnMs: 1_600 });
    expect(join.claim("a", 10, 2_000)).toMatchObject({ exitCode: 1, spawnMs: 1_000 });
    expect(join.claim("a", 10, 2_000)).toBe(null);
  });
  test("without a pid is the next one in order", () => {
    const join = joined([
      ...[spawned("a", 10, 1_000), exited("a", 1, 1_500), spawned("a", 11, 1_600), exited("a", 2, 1_900)],
    ]);
    expect(join.claim("a", null, 1_501)?.exitCode).toBe(1);
    expect(join.claim("a", null, 1_901)?.exitCode).toBe(2);
  });
  test("is not one that came after the event", () => {
    const join = joined([spawned("a", 10, 1_000), exited("a", 1, 1_500)]);
    expect(join.claim("a", null, 1_100)).toBe(null);
  });
  test("is not one from before this agent, unless it has the pid", () => {
    const join = joined([spawned("a", 10, 100), exited("a", 1, 500), spawned("a", 11, 600), exited("a", 2, 900)]);
    expect(join.claim("a", null, 2_000)).toBe(null);
    expect(join.claim("a", 11, 2_000)?.exitCode).toBe(2);
  });
  test("may be from before this agent could listen: supervisord keeps events from its start on", () => {
    const join = joined([spawned("multivisor", OWN, 400), spawned("a", 10, 450), exited("a", 1, 500)]);
    expect(join.claim("a", null, 2_000)?.exitCode).toBe(1);
  });
  test("is not that of an earlier container, in which another agent had our process id", () => {
    const join = joined([spawned("multivisor", OWN, 400), spawned("a", 10, 450), exited("a", 1, 500)]);
    for (const line of [spawned("multivisor", OWN, 1_400), spawned("a", 10, 1_450), exited("a", 2, 1_500)])
      join.feed(line);
    expect(join.claim("a", null, 2_000)?.exitCode).toBe(2);
    expect(join.claim("a", null, 2_000)).toBe(null);
  });
  test("is found also while the clock shows times from before this agent, because it was put back", () => {
    const join = joined([spawned("multivisor", OWN, 1_400), spawned("a", 10, 450), exited("a", 2, 500)]);
    expect(join.claim("a", null, 510)?.exitCode).toBe(2);
  });
  test("is none that was told before events were lost, also where that is read only later", () => {
    const join = joined([]);
    join.forgetBefore(1_700);
    for (const line of [spawned("multivisor", OWN, 400), exited("a", 1, 1_500)]) join.feed(line);
    expect(join.claim("a", null, 1_800)).toBe(null);
  });
  test("is none that was told before events were lost", () => {
    const join = joined([spawned("a", 10, 1_000), exited("a", 1, 1_500)]);
    join.forgetBefore(1_700);
    expect(join.claim("a", null, 1_800)).toBe(null);
  });
  test("of two that bear one name is the one that is not there any more", () => {
    const join = joined([spawned("a", 10, 1_000), spawned("a", 20, 1_100), exited("a", 3, 1_500)], [20]);
    expect(join.claim("a", 10, 2_000)).toBe(null);
    expect(join.claim("a", 20, 2_000)).toMatchObject({ exitCode: 3, spawnMs: 1_100 });
  });
  test("of two that bear one name and died together is told by the order of the events", () => {
    const lines = [spawned("a", 10, 1_000), spawned("a", 20, 1_100), exited("a", 3, 1_500), exited("a", 4, 1_501)];
    const join = joined(lines, [10, 20]);
    expect(join.claim("a", 20, 2_000)).toMatchObject({ exitCode: 3, spawnMs: 1_100 });
    expect(join.claim("a", 10, 2_000)).toMatchObject({ exitCode: 4, spawnMs: 1_000 });
  });
  test("is followed by the next run, not by its own that began in the same millisecond", () => {
    const join = createDeathJoin(0, OWN, () => true);
    join.feed(spawned("a", 10, 1_000));
    const end = join.feed(exited("a", 3, 1_000));
    expect(end).toMatchObject({ spawnMs: 1_000, nextSpawnMs: null });
    join.feed(spawned("b", 11, 1_000));
    expect(end?.nextSpawnMs).toBe(null);
    join.feed(spawned("a", 12, 1_000));
    join.feed(spawned("a", 13, 2_000));
    expect(end?.nextSpawnMs).toBe(1_000);
  });
  test("is none of those that were expected", () => {
    const join = joined([spawned("a", 10, 1_000), exited("a", 0, 1_500, true), spawned("a", 11, 1_600)]);
    expect(join.claim("a", null, 2_000)).toBe(null);
  });
});
