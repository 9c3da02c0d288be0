/**
 * Logs, as the hub answers them.
 *
 *   GET /api/process/log/<out|err>/<uid>           ?offset=<place>&lines=<n> | &length=<bytes>&encoding=base64: HubLogPage
 *   GET /api/process/log/<out|err>/search/<uid>    ?q&regex&case&before&after&limit: HubLogMatches
 *   GET /api/supervisor/log/…                      the same of supervisord's own log
 */
import { type Static, Type } from "@sinclair/typebox";

export const HubLogPage = Type.Object({
  /** cursor of the byte after the last: to go on from */
  next: Type.String(),
  size: Type.Number(),
  /** with encoding=base64 */
  base64: Type.String(),
});
export type HubLogPage = Static<typeof HubLogPage>;

export const HubLogMatches = Type.Object({
  /** in the order of the log */
  matches: Type.Array(
    Type.Object({
      offset: Type.Number(),
      line: Type.String(),
      before: Type.Array(Type.String()),
      after: Type.Array(Type.String()),
    }),
  ),
  /** false: there may be older ones */
  complete: Type.Boolean(),
});
export type HubLogMatches = Static<typeof HubLogMatches>;
