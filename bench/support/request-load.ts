/**
 * Asks for one thing again and again: `request-load.ts URL CONNECTIONS`. Each message says for how many milliseconds, and is
 * answered by how often it was answered, how many bytes that was on the wire, and how many answers were none.
 */
const [url = "", connections = "1"] = process.argv.slice(2);

async function askUntil(endMs: number, counts: { answers: number; bytes: number; failures: number }): Promise<void> {
  while (performance.now() < endMs) {
    const answer = await fetch(url, { decompress: false, headers: { "accept-encoding": "gzip" } } as RequestInit);
    const { byteLength } = await answer.arrayBuffer();
    if (answer.ok) counts.answers++;
    else counts.failures++;
    counts.bytes += byteLength;
  }
}

process.on("message", async (milliseconds: number) => {
  const counts = { answers: 0, bytes: 0, failures: 0 };
  const beganMs = performance.now();
  await Promise.all(Array.from({ length: Number(connections) }, () => askUntil(beganMs + milliseconds, counts)));
  const perS = (counts.answers / (performance.now() - beganMs)) * 1_000;
  process.send?.({ ...counts, perS, bytesEach: counts.bytes / Math.max(1, counts.answers) });
});
process.on("disconnect", () => process.exit(0));
process.send?.("ready");

export {};
