import type { JournalEntry, Transition } from "../../src/domain/journal-entry.ts";
import { sleep } from "../../src/lib/sleep.ts";
import { parseSse } from "../../src/lib/sse-parse.ts";
import type { Call, CallResult, Resources, Snapshot } from "../../src/protocol/agent.ts";
import type { TestPlace } from "./test-place.ts";
import { waitFor } from "./wait-for.ts";

/** An agent as a hub sees it: comes back after every cut with the last entry that it has. */
export type AgentStream = {
  /** every entry, in the order of arrival */
  readonly entries: readonly JournalEntry[];
  readonly snapshots: readonly Snapshot[];
  readonly resources: readonly Resources[];
  readonly failures: readonly { readonly namespec: string; readonly code: string }[];
  readonly transitions: () => Transition[];
  readonly epochs: ReadonlySet<string>;
  readonly call: (...calls: Call[]) => Promise<CallResult[]>;
  readonly refresh: () => Promise<Snapshot>;
  readonly until: <T>(what: string, look: () => T, timeoutMs?: number) => Promise<NonNullable<Exclude<T, false>>>;
};

export function followAgent(place: TestPlace, port: number): AgentStream {
  const url = `http://127.0.0.1:${port}`;
  const stop = new AbortController();
  place.defer(() => stop.abort());
  const entries: JournalEntry[] = [];
  const snapshots: Snapshot[] = [];
  const resources: Resources[] = [];
  const failures: { namespec: string; code: string }[] = [];
  const told = { snapshot: snapshots, resources, failure: failures };
  const epochs = new Set<string>();
  let cursor = "";

  const read = async () => {
    const headers: Record<string, string> = cursor === "" ? {} : { "last-event-id": cursor };
    const response = await fetch(`${url}/v1/stream`, { headers, signal: stop.signal });
    if (response.body === null) return;
    for await (const { event, data, lastEventId } of parseSse(response.body)) {
      const value = JSON.parse(data);
      if (event === "hello") epochs.add(value.epoch);
      else if (event in told) told[event as keyof typeof told].push(value as never);
      else if (event === "entry") {
        entries.push(value);
        cursor = lastEventId;
      }
    }
  };
  void (async () => {
    while (!stop.signal.aborted) {
      await read().catch(() => {});
      await sleep(50, stop.signal);
    }
  })();

  const post = async (path: string, body: unknown) => {
    const response = await fetch(url + path, { method: "POST", body: JSON.stringify(body) });
    if (!response.ok) throw new Error(await response.text());
    return response.json() as Promise<never>;
  };
  return {
    ...{ entries, snapshots, resources, failures, epochs },
    transitions: () => entries.filter((entry) => entry.kind === "transition"),
    async call(...calls) {
      const { results } = await post("/v1/command", {
        id: crypto.randomUUID(),
        notAfterMs: Date.now() + 10_000,
        calls,
      });
      return results;
    },
    async refresh() {
      const { seq } = (await post("/v1/refresh", {})) as { seq: number };
      return waitFor(`the snapshot at ${seq}`, () => snapshots.findLast((snapshot) => snapshot.seq >= seq));
    },
    until: (what, look, timeoutMs) => waitFor(what, look, timeoutMs),
  };
}
