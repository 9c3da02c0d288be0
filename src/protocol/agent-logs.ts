/**
 * The contract agent <-> hub for logs; part of that in agent.ts, with the same token and the same errors.
 *
 * Every path takes `log=<group>:<name>` and `channel=stdout|stderr`, or `channel=main` for supervisord's own log. A path of a
 * file is never given: the agent reads what its supervisord named, and the backups of that (`.1`, `.2`, …).
 *
 * The bytes of a log are counted from the beginning of its oldest backup to the end of the file. Such a position moves when
 * the oldest backup is deleted; a cursor (`<file>:<offset>`, made by the agent) names the same byte for as long as it is there.
 * A place is either of them, or `end`, or a negative number counted from the end.
 *
 *   GET /v1/log/page     ?at=<place>&bytes=<n> or &lines=<n>; n < 0: what is before the place. The bytes as they are, and the
 *                        header `x-multivisor-log` with a LogPageHead in JSON. At most MAX_PAGE_BYTES.
 *   GET /v1/log/follow   ?back=<bytes> or &from=<cursor>. Frames (agent-log-frames.ts) for as long as the log is there: what is written, once
 *                        and in order, through truncation, rotation and clearing. Who reads too slowly gets a note `skipped`.
 *   GET /v1/log/whole    all of it, as it is when the answer begins; honours Range and If-Range.
 *   GET /v1/log/search   ?q=<text>&regex=0|1&case=0|1&before=<lines>&after=<lines>&limit=<n>&until=<place>: the newest lines
 *                        that match, before `until` (default: the end). LogMatches.
 *
 * NO_LOG (404): the process has no such log, or no file yet, or what the cursor names is gone. FORBIDDEN: the path leads to something that is not a log.
 * BUSY (503): as many readers as the agent serves.
 */
import { type Static, Type } from "@sinclair/typebox";

const Source = Type.Union([Type.Literal("file"), Type.Literal("supervisord")]);
const Nullable = Type.Union([Type.String(), Type.Null()]);
const Position = Type.Integer({ minimum: 0 });

export const LogPageHead = Type.Object({
  /** position of the first byte, and of the byte after the last */
  offset: Position,
  end: Position,
  /** of file and backups together */
  size: Position,
  /** cursor of `offset`, to go on backwards from; null: nothing is before it */
  previous: Nullable,
  /** cursor of `end`, to go on from */
  next: Type.String(),
  source: Source,
});
export type LogPageHead = Static<typeof LogPageHead>;

export const LogMatch = Type.Object({
  /** position of the line's first byte */
  offset: Position,
  /** to read a page around it */
  cursor: Type.String(),
  line: Type.String(),
  before: Type.Array(Type.String()),
  after: Type.Array(Type.String()),
});
export type LogMatch = Static<typeof LogMatch>;

export const LogMatches = Type.Object({
  /** in the order of the log, oldest first */
  matches: Type.Array(LogMatch),
  size: Position,
  /** all before `until` has been looked at */
  complete: Type.Boolean(),
  /** why not */
  stopped: Type.Union([Type.Literal("limit"), Type.Literal("time"), Type.Literal("size"), Type.Null()]),
  /** `until` of a search that goes on; null where complete */
  previous: Nullable,
  searchedBytes: Position,
  source: Source,
});
export type LogMatches = Static<typeof LogMatches>;

export type * from "./agent-log-frames.ts";
