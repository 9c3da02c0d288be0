/**
 * Readers of an event stream in a process of their own: `counting-readers.ts URL READERS`. Tells when all are connected;
 * each message is answered by what came since the one before. Of each piece that arrives all events are taken to be as
 * late as its first one.
 */

const [url = "", count = "1"] = process.argv.slice(2);
const EVENT = '"process_changed"';
const SINCE = '"since":';

let bytes = 0;
const counts = Array.from({ length: Number(count) }, () => 0);
let connected = 0;
/** index: milliseconds late, value: events */
let late: number[] = [];

function take(reader: number, text: string, nowMs: number): void {
  let events = 0;
  for (let at = text.indexOf(EVENT); at >= 0; at = text.indexOf(EVENT, at + EVENT.length)) events++;
  counts[reader] = (counts[reader] ?? 0) + events;
  const since = text.indexOf(SINCE);
  if (events === 0 || since < 0) return;
  const ms = Math.max(0, nowMs - Number.parseInt(text.slice(since + SINCE.length, since + SINCE.length + 13), 10));
  late[ms] = (late[ms] ?? 0) + events;
}

async function read(reader: number): Promise<void> {
  const { body, status } = await fetch(url);
  if (body === null || status !== 200) {
    console.error(`${url} answered ${status}`);
    process.exit(1);
  }
  connected++;
  if (connected === counts.length) process.send?.("ready");
  let rest = "";
  for await (const piece of body as unknown as AsyncIterable<Uint8Array>) {
    bytes += piece.byteLength;
    const text = rest + Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength).toString("latin1");
    const end = text.lastIndexOf("\n\n") + 2;
    rest = end < 2 ? text : text.slice(end);
    if (end >= 2) take(reader, text.slice(0, end), Date.now());
  }
}

const share = (part: number): number => {
  const all = late.reduce((sum, n) => sum + n, 0);
  let seen = 0;
  for (const [ms, n] of late.entries()) {
    seen += n ?? 0;
    if (seen >= all * part) return ms;
  }
  return 0;
};

/** Whoever is dropped stays away: what is lost is to be seen. */
counts.forEach((_, reader) => void read(reader).catch(() => connected--));
process.on("message", (what: "look" | "take") => {
  const arrived = counts.reduce((sum, n) => sum + n, 0);
  process.send?.({
    ...{ arrived, least: Math.min(...counts), bytes, connected, p50Ms: share(0.5), p99Ms: share(0.99) },
    maxMs: Math.max(0, late.length - 1),
  });
  if (what === "look") return;
  counts.fill(0);
  [bytes, late] = [0, []];
});
process.on("disconnect", () => process.exit(0));

export {};
