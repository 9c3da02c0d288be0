import { type BodyReader, bodyReader } from "./http-body.ts";

/** Called for each piece as it comes: what is slow here slows the sender down. What they throw ends it. */
export type HttpFollower = {
  readonly onHead: (status: number) => void;
  readonly onBytes: (bytes: Uint8Array) => void;
};

const MAX_HEAD = 16 * 1_024;
const END_OF_HEAD = "\r\n\r\n";

/** As node:net says it of a connection that was cut. */
export const connectionLost = (message = "the peer closed the connection") =>
  Object.assign(new Error(message), { code: "ECONNRESET" });

/** One answer of HTTP/1.1 out of the bytes of its connection. `push` throws where it is none, or what the follower throws. */
export function answerReader({ onHead, onBytes }: HttpFollower) {
  let head = "";
  let body: BodyReader | null = null;
  const readHead = (bytes: Uint8Array): Uint8Array => {
    const before = head.length;
    head += Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
    const end = head.indexOf(END_OF_HEAD);
    if (end < 0 && head.length < MAX_HEAD) return bytes.subarray(bytes.length);
    const { status, header } = parseHead(head.slice(0, Math.max(0, end)));
    body = bodyReader(header);
    const after = bytes.subarray(end + END_OF_HEAD.length - before);
    // The beginning of the body came with it: not to be held for as long as the answer goes on.
    head = "";
    onHead(status);
    return after;
  };
  return {
    /** @returns whether the answer is over */
    push(bytes: Uint8Array): boolean {
      const rest = body === null ? readHead(bytes) : bytes;
      const part = body?.push(rest);
      if (part !== undefined && part.byteLength > 0) onBytes(part);
      return body?.isOver() ?? false;
    },
    /** may the connection end here? */
    isWhole: () => body?.isWhole() ?? false,
  };
}

function parseHead(head: string) {
  const [first = "", ...lines] = head.split("\r\n");
  const status = /^HTTP\/1\.[01] (\d{3})\b/.exec(first)?.[1];
  if (status === undefined) throw connectionLost("the peer does not speak HTTP");
  const headers = new Map(
    lines.map((line) => {
      const colon = line.indexOf(":");
      return [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
  return { status: Number(status), header: (name: string) => headers.get(name) };
}
