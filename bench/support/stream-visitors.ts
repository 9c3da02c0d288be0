/**
 * People who come and go: `stream-visitors.ts URL`. Each message is a number of visits, all at once, of pages, streams and the
 * API; each reads for a moment and leaves in the middle. Answered by how many were let in.
 */
const [url = ""] = process.argv.slice(2);
const PATHS = ["/api/stream", "/", "/api/stream", "/processes", "/api/stream", "/api/data", "/supervisors", "/history"];
const LONGEST_MS = 400;

async function visit(i: number): Promise<boolean> {
  const leave = new AbortController();
  const timer = setTimeout(() => leave.abort(), (i * 37) % LONGEST_MS);
  try {
    const answer = await fetch(url + PATHS[i % PATHS.length], { signal: leave.signal });
    for await (const _ of answer.body as unknown as AsyncIterable<Uint8Array>) if (leave.signal.aborted) break;
    return answer.ok;
  } catch {
    return leave.signal.aborted; // left in the middle, as meant
  } finally {
    clearTimeout(timer);
    leave.abort();
  }
}

process.on("message", async (count: number) => {
  const visits = await Promise.all(Array.from({ length: count }, (_, i) => visit(i)));
  process.send?.(visits.filter(Boolean).length);
});
process.on("disconnect", () => process.exit(0));
process.send?.("ready");

export {};
