import { Type } from "@sinclair/typebox";
import { LogMatches, LogPageHead } from "../../protocol/agent-logs.ts";
import { LOG_MATCHES, LOG_PAGE } from "../openapi/examples.ts";
import type { RouteDocs } from "../routes/needs.ts";

const text = (description: string) => Type.Optional(Type.String({ description }));
const integer = (description: string) => Type.Optional(Type.Integer({ description }));

const encoding = text("utf-8 (default; U+FFFD stands for what is none), or base64, every byte as it is");

export const TAIL_DOCS = {
  group: "logs",
  type: "text/event-stream",
  description:
    "Begins with the last bytes and sends what is written, once and in order, through rotation, truncation and clearing. `size` is the place in the file. A reader who is too slow gets a message with `note` skipped and how many bytes are.",
  query: Type.Object({
    back: integer("bytes of what is there already; 1024"),
    from: text("`id` of a message, to go on after it; Last-Event-ID is the same"),
    encoding,
  }),
  example: 'data: {"message": "listening on port 80\\n", "size": 4321}\n\n',
} as const satisfies Partial<RouteDocs>;

export const PAGE_DOCS = {
  group: "logs",
  description:
    "File and backups are one row of bytes, oldest first. Where nothing is said: the last 64 KiB. `previous`, with a negative count, and `next` go on from this page, also when the log is rotated meanwhile.",
  query: Type.Object({
    offset: text(
      "where to begin: a position, negative from the end, or `previous` or `next` of a page; default the end",
    ),
    length: integer("bytes, at most 1 MiB; negative: what is before"),
    lines: integer("lines, at most 10000, in the place of length; negative: what is before"),
    encoding,
  }),
  answer: Type.Composite([Type.Object({ channel: Type.String(), text: Type.String() }), LogPageHead]),
  example: LOG_PAGE,
} as const satisfies Partial<RouteDocs>;

export const SEARCH_DOCS = {
  group: "logs",
  description:
    "Searched on the host, newest first, for 8 s at most; matches are in the order of the log. `stopped` says why the search ended before the beginning, `previous` is the `until` of the next.",
  query: Type.Object({
    q: Type.String({ description: "what to look for" }),
    regex: text("1: q is a regular expression of JavaScript"),
    case: text("0: without regard to case"),
    before: integer("lines of context, at most 100"),
    after: integer("lines of context, at most 100"),
    limit: integer("matches, 1 to 1000; 100"),
    until: text("look at what is before this place only; as offset of a page"),
  }),
  answer: LogMatches,
  example: LOG_MATCHES,
} as const satisfies Partial<RouteDocs>;

export const DOWNLOAD_DOCS = {
  group: "logs",
  type: "text/plain",
  example: LOG_PAGE.text,
} as const satisfies Partial<RouteDocs>;
