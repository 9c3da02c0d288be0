/**
 * What the hub tells of uptime: GET /api/history/summary and /api/history/timeline. Times are epoch milliseconds of the
 * hosts' clocks, durations milliseconds, parts percent.
 */
import { type Static, type TSchema, Type } from "@sinclair/typebox";
import { about } from "./about.ts";

const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
const Ms = Type.Number({ description: "milliseconds" });
const Percent = Nullable(Type.Number());

export const HistoryFigures = Type.Object({
  up_percent: about("the four parts are of the whole time; null where there was none", Percent),
  down_percent: Percent,
  stopped_percent: about("as somebody wanted it, or ended as expected", Percent),
  unknown_percent: Percent,
  availability_percent: about("of the time that it is known and was meant to be up: how much it was", Percent),
  up_ms: Ms,
  down_ms: Ms,
  stopped_ms: Ms,
  unknown_ms: Ms,
  restarts: Type.Integer(),
  crashes: about("ends that were not expected, and starts given up", Type.Integer()),
  mtbf_ms: about("null: no failure", Nullable(Ms)),
  longest_outage_ms: about("of those that took a minute at least; 0: there was none", Ms),
  last_crash: Nullable(Ms),
});
export type HistoryFigures = Static<typeof HistoryFigures>;

export const HistorySummary = Type.Object({
  from: Ms,
  to: Ms,
  by: Type.String(),
  total: about("all of it together", Type.Composite([Type.Object({ processes: Type.Integer() }), HistoryFigures])),
  rows: about(
    "worst first: by what they are available, then by crashes",
    Type.Array(Type.Composite([Type.Object({ key: Type.String(), processes: Type.Integer() }), HistoryFigures])),
  ),
  more: about("there are more rows than were asked for", Type.Integer()),
});
export type HistorySummary = Static<typeof HistorySummary>;

export const HistoryTimeline = Type.Object({
  uid: Type.String(),
  from: Ms,
  to: Ms,
  known_until: about("nothing is known (yet) of what comes after", Ms),
  intervals: Type.Array(
    Type.Object({
      from: Ms,
      to: Ms,
      kind: Type.Union(["up", "down", "stopped", "unknown", "absent"].map((kind) => Type.Literal(kind))),
      state: about("null: not known", Nullable(Type.String())),
      joined: about("so many, each shorter than a pixel; then kind and state are of the worst of them", Type.Integer()),
    }),
  ),
});
export type HistoryTimeline = Static<typeof HistoryTimeline>;
