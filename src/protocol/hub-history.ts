/**
 * What the hub tells of uptime: GET /api/history/summary and /api/history/timeline. Times are epoch milliseconds of the
 * hosts' clocks, durations milliseconds, parts percent.
 */
import { type Static, type TSchema, Type } from "@sinclair/typebox";

const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
const Ms = Type.Number();
const Percent = Nullable(Type.Number());

export const HistoryFigures = Type.Object({
  /** the four parts are of the whole time; null where there was none */
  up_percent: Percent,
  down_percent: Percent,
  /** as somebody wanted it, or ended as expected */
  stopped_percent: Percent,
  unknown_percent: Percent,
  /** of the time that it is known and was meant to be up: how much it was */
  availability_percent: Percent,
  up_ms: Ms,
  down_ms: Ms,
  stopped_ms: Ms,
  unknown_ms: Ms,
  restarts: Type.Integer(),
  /** ends that were not expected, and starts given up */
  crashes: Type.Integer(),
  /** null: no failure */
  mtbf_ms: Nullable(Ms),
  /** of those that took a minute at least; 0: there was none */
  longest_outage_ms: Ms,
  last_crash: Nullable(Ms),
});
export type HistoryFigures = Static<typeof HistoryFigures>;

export const HistorySummary = Type.Object({
  from: Ms,
  to: Ms,
  by: Type.String(),
  /** all of it together */
  total: Type.Composite([Type.Object({ processes: Type.Integer() }), HistoryFigures]),
  /** worst first: by what they are available, then by crashes */
  rows: Type.Array(Type.Composite([Type.Object({ key: Type.String(), processes: Type.Integer() }), HistoryFigures])),
  /** there are more rows than were asked for */
  more: Type.Integer(),
});
export type HistorySummary = Static<typeof HistorySummary>;

export const HistoryTimeline = Type.Object({
  uid: Type.String(),
  from: Ms,
  to: Ms,
  /** nothing is known (yet) of what comes after */
  known_until: Ms,
  intervals: Type.Array(
    Type.Object({
      from: Ms,
      to: Ms,
      kind: Type.Union(["up", "down", "stopped", "unknown", "absent"].map((kind) => Type.Literal(kind))),
      /** null: not known */
      state: Nullable(Type.String()),
      /** so many, each shorter than a pixel; then kind and state are of the worst of them */
      joined: Type.Integer(),
    }),
  ),
});
export type HistoryTimeline = Static<typeof HistoryTimeline>;
