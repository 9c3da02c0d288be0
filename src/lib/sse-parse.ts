export type SseMessage = {
  /** "message" where the sender gave none */
  readonly event: string;
  readonly data: string;
  /** the last id seen on this stream; empty before the first */
  readonly lastEventId: string;
};

export type SseReader = {
  /** @returns the messages that end in these bytes */
  readonly push: (bytes: Uint8Array) => readonly SseMessage[];
};

const MAX_LENGTH = 64 * 1_024 * 1_024;
const BREAK = /\r\n|\r|\n/;

/**
 * Server-sent events out of bytes as they come. Comments are passed over.
 * @param maxLength characters; a message that grows beyond is an error: no peer may fill our memory
 * @throws where a message is too long, or the bytes are no UTF-8: what was damaged on its way must not be passed over as a
 * field that nobody knows
 */
export function sseReader(maxLength = MAX_LENGTH): SseReader {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const fields = createFieldReader();
  let rest = "";
  return {
    push(bytes) {
      const text = decode(decoder, bytes);
      const hasBreak = /[\r\n]/.test(text) || rest.endsWith("\r");
      rest += text;
      if (rest.length + fields.length() > maxLength) throw new Error(`server-sent event above ${maxLength} characters`);
      if (!hasBreak) return [];
      // A CR at the very end may be half of a CRLF: it waits for the next bytes.
      const end = rest.endsWith("\r") ? rest.length - 1 : rest.length;
      const lines = rest.slice(0, end).split(rest.includes("\r") ? BREAK : "\n");
      rest = (lines.pop() ?? "") + rest.slice(end);
      const messages = lines.flatMap((line) => fields.read(line) ?? []);
      fields.letGo();
      return messages;
    },
  };
}

/**
 * Server-sent events out of a body.
 * @throws what `sseReader` throws; whatever reading the body throws
 */
export async function* parseSse(
  body: ReadableStream<Uint8Array>,
  options: { readonly maxLength?: number; readonly onAlive?: () => void } = {},
): AsyncGenerator<SseMessage> {
  const reader = sseReader(options.maxLength);
  for await (const bytes of body) {
    options.onAlive?.();
    yield* reader.push(bytes);
  }
}

function decode(decoder: TextDecoder, bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes, { stream: true });
  } catch (error) {
    throw new Error("server-sent events are damaged: bytes that are no UTF-8", { cause: error });
  }
}

/** Collects the lines of a message; the empty line ends it. */
function createFieldReader() {
  let lastEventId = "";
  let event = "";
  let data: string[] = [];
  const finish = (): SseMessage | null => {
    const message = data.length > 0 ? { event: event || "message", data: data.join("\n"), lastEventId } : null;
    event = "";
    data = [];
    return message;
  };
  return {
    /** What is kept until more comes is a part of these bytes: it must not hold on to all of them. */
    letGo(): void {
      lastEventId = ofItsOwn(lastEventId);
    },
    length: () => data.reduce((sum, line) => sum + line.length, 0),
    read(line: string): SseMessage | null {
      if (line === "") return finish();
      const { field, value } = splitField(line);
      if (field === "data") data.push(value);
      else if (field === "event") event = value;
      else if (field === "id" && !value.includes("\0")) lastEventId = value;
      return null;
    },
  };
}

/** A part of a text holds on to the whole of it; this does not. */
const ofItsOwn = (part: string): string => [...part].join("");

/** A comment has the empty field. */
function splitField(line: string): { field: string; value: string } {
  const colon = line.indexOf(":");
  if (colon < 0) return { field: line, value: "" };
  return { field: line.slice(0, colon), value: line.slice(line.charAt(colon + 1) === " " ? colon + 2 : colon + 1) };
}
