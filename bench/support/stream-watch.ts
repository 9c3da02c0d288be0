/**
 * Reads /api/stream as it comes: `stream-watch.ts URL`. Ready when it is open; each message is answered by how many
 * changes of processes have come since the one before, and how late they were (by the clock of this machine).
 */
import { percentile } from "./figure.ts";

const [url = ""] = process.argv.slice(2);
const CHANGED = '"process_changed"';
const SINCE = '"since":';
const EPOCH_MS_DIGITS = 13;

let arrived = 0;
let late: number[] = [];

function take(text: string): void {
  for (let at = text.indexOf(CHANGED); at >= 0; at = text.indexOf(CHANGED, at + 1)) {
    arrived++;
    const since = text.indexOf(SINCE, at) + SINCE.length;
    if (since >= SINCE.length) late.push(Date.now() - Number(text.slice(since, since + EPOCH_MS_DIGITS)));
  }
}

async function read(): Promise<void> {
  const { body } = await fetch(url);
  process.send?.("ready");
  let rest = "";
  const decoder = new TextDecoder();
  for await (const piece of body as unknown as AsyncIterable<Uint8Array>) {
    const text = rest + decoder.decode(piece, { stream: true });
    const end = text.lastIndexOf("\n\n") + 2;
    rest = end < 2 ? text : text.slice(end);
    if (end >= 2) take(text.slice(0, end));
  }
}

process.on("message", () => {
  process.send?.({ arrived, p50Ms: percentile(late, 0.5), p99Ms: percentile(late, 0.99) });
  [arrived, late] = [0, []];
});
process.on("disconnect", () => process.exit(0));
await read();
