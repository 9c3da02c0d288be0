import { expect, test } from "bun:test";
import { withoutLogs } from "./without-logs.ts";

test("a hub that may not read logs is told how a process died, not what it wrote", () => {
  const evidence = { exitCode: 3, signal: null, ranMs: 5, stderrTail: "secret", stdoutTail: "secret", rssBytes: 1 };
  const shown = JSON.parse(withoutLogs(JSON.stringify({ kind: "detail", seq: 2, evidence })));
  expect(shown).toEqual({ kind: "detail", seq: 2, evidence: { ...evidence, stderrTail: null, stdoutTail: null } });
});

test("all other entries are as they were", () => {
  for (const json of ['{"kind":"transition","seq":1}', '{"kind":"detail","seq":2,"evidence":null}'])
    expect(withoutLogs(json)).toBe(json);
});
