import { expect, test } from "bun:test";
import { processInfo, transition } from "../../test/fixtures.ts";
import type { Transition } from "../domain/journal-entry.ts";
import type { ProcessInfo } from "../domain/process.ts";
import { createBroadcast } from "../lib/broadcast.ts";
import { watchEnds } from "./watch-ends.ts";

/** @returns has it ended, when these were told of a process that is in this state by then? */
async function hasEnded(state: ProcessInfo["state"] | null, told: readonly Transition[]): Promise<boolean> {
  const transitions = createBroadcast<Transition>();
  const processes = () => (state === null ? [] : [processInfo({ state })]);
  const end = new AbortController();
  const watch = watchEnds({ transitions, processes }, end.signal);
  for (const one of told) transitions.publish(one);
  const ended = watch.untilEnded(["PLC:wcid00a"]).then(
    () => true,
    () => false,
  );
  end.abort();
  watch.end();
  return ended;
}

const sampled = (toState: ProcessInfo["state"]) => transition(toState, { sampled: true });

test.each<[string, ProcessInfo["state"] | null, Transition[], boolean]>([
  ["announced as STOPPED has ended", "STOPPED", [transition("STOPPED")], true],
  ["announced as EXITED was a run before", "STOPPING", [transition("EXITED")], false],
  ["found EXITED has ended", "EXITED", [sampled("EXITED")], true],
  [
    "found to have EXITED, and to be STOPPING a later run, has not ended",
    "STOPPING",
    [sampled("EXITED"), sampled("STARTING"), sampled("STOPPING")],
    false,
  ],
  ["found to have been STOPPED and started by others has ended", "STARTING", [sampled("STOPPED")], true],
  ["found EXITED and gone has ended", null, [sampled("EXITED")], true],
])("a process that is %s", async (_, state, told, expected) => {
  expect(await hasEnded(state, told)).toBe(expected);
});
