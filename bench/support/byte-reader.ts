/** Reads an answer to its end: `byte-reader.ts URL`. Each message is answered by the bytes since the one before. */
const [url = ""] = process.argv.slice(2);
let bytes = 0;
process.on("message", () => {
  process.send?.(bytes);
  bytes = 0;
});
process.on("disconnect", () => process.exit(0));
const { body, status } = await fetch(url);
if (status !== 200) throw new Error(`${url} answered ${status}`);
process.send?.("ready");
for await (const piece of body as unknown as AsyncIterable<Uint8Array>) bytes += piece.byteLength;

export {};
