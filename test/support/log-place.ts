import { mkdirSync } from "node:fs";
import { expect } from "bun:test";
import { parseSse } from "../../src/lib/sse-parse.ts";
import { startHub } from "./hub.ts";
import { startSupervisord } from "./supervisord.ts";
import type { TestPlace } from "./test-place.ts";

type Message = { message: string; size: number; note?: string; skipped?: number | null };
export type LogPage = {
  text: string;
  offset: number;
  end: number;
  size: number;
  previous: string | null;
  next: string;
  source: string;
};

export const uidOfLog = (name: string) => `lid001:${name}:${name}`;

/** Where the logs of the programs are. */
export const logPathOf = (place: TestPlace) => (name: string) => place.path("logs", name);

/** A program that writes nothing: its logs are the test's. */
export const stillProgram = (place: TestPlace) => {
  const path = logPathOf(place);
  return (name: string) =>
    `[program:${name}]\ncommand=/bin/sleep 1000\nstartsecs=0\nstdout_logfile=${path(`${name}.log`)}\nstderr_logfile=${path(`${name}.err`)}\n`;
};

/** A host with these programs, a hub that follows it and one that is down, and how their logs are asked for. */
export async function startLogPlace(place: TestPlace, programs: string) {
  mkdirSync(place.path("logs"), { recursive: true });
  const host = await startSupervisord(place, { name: "lid001", programs, recorder: false });
  const hub = await startHub(place, { supervisors: [host, { name: "down", agentPort: 1 }] });
  await hub.live("lid001");

  /** GET …/tail/<uid>, read as it comes once `read` is called. */
  async function open(url: string, headers: Record<string, string> = {}) {
    const stop = new AbortController();
    place.defer(() => stop.abort());
    const response = await hub.get(url, { signal: stop.signal, headers });
    expect(response.status).toBe(200);
    const messages: Message[] = [];
    let id = "";
    const read = async () => {
      if (response.body === null) return;
      for await (const { data, lastEventId } of parseSse(response.body)) {
        messages.push(JSON.parse(data));
        id = lastEventId;
      }
    };
    const text = () => messages.map(({ message, note }) => (note === undefined ? message : "")).join("");
    const skipped = () => messages.reduce((sum, { skipped: n }) => sum + (n ?? 0), 0);
    return {
      messages,
      text,
      skipped,
      lastId: () => id,
      read: () => void read().catch(() => {}),
      close: () => stop.abort(),
    };
  }
  async function follow(name: string, query = "", url = `/api/process/log/out/tail/${uidOfLog(name)}${query}`) {
    const log = await open(url);
    log.read();
    return log;
  }
  const page = (name: string, query: string) => hub.json<LogPage>(`/api/process/log/out/${uidOfLog(name)}?${query}`);
  return { host, hub, open, follow, page };
}

export type LogPlace = Awaited<ReturnType<typeof startLogPlace>>;
