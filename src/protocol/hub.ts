/**
 * The contract between the hub and everybody who asks it over HTTP: the names, fields and types of Multivisor 6, which
 * scripts in the field rely on. Fields and endpoints may be added, none renamed or dropped. Supervisord's own times
 * (`start`, `stop`, `now`) are epoch seconds of the host's clock; ours (`since`, `at`, …) epoch milliseconds.
 *
 *   GET  /api/data                       HubData
 *   GET  /api/refresh                    HubData, after asking every supervisor anew
 *   GET  /api/stream                     SSE, unnamed messages, each one StreamMessage
 *   GET  /api/process/list               ["<uid>", …]
 *   GET  /api/process/info/<uid>         HubProcess
 *   GET  /api/supervisor/info/<name>     HubSupervisor
 *   POST /api/process/<stop|start|restart|signal>  uid=<pattern>[,<pattern>…]
 *   POST /api/supervisor/<update|restart|reread|shutdown>  supervisor=<name>[,<name>…]
 *   GET  /api/history                    HistoryPage
 */
import { type Static, type TLiteral, type TSchema, type TUnion, Type } from "@sinclair/typebox";
import { PROCESS_STATE_NAMES, type ProcessStateName } from "../domain/states.ts";

export const DEFAULT_HUB_PORT = 22_000;

const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
const StateName = Type.Union(PROCESS_STATE_NAMES.map((name) => Type.Literal(name))) as unknown as TUnion<
  TLiteral<ProcessStateName>[]
>;
const EpochS = Type.Number();
const EpochMs = Type.Number();

export const HubProcess = Type.Object({
  uid: Type.String(),
  /** `group:name` */
  full_name: Type.String(),
  group: Type.String(),
  name: Type.String(),
  supervisor: Type.String(),
  host: Type.String(),
  /** supervisord's code of `statename` */
  state: Type.Integer(),
  statename: StateName,
  /** STARTING, RUNNING or BACKOFF */
  running: Type.Boolean(),
  /** 0: no process */
  pid: Type.Integer(),
  /** 0: never */
  start: EpochS,
  stop: EpochS,
  now: EpochS,
  exitstatus: Type.Integer(),
  spawnerr: Type.String(),
  description: Type.String(),
  logfile: Type.String(),
  stdout_logfile: Type.String(),
  stderr_logfile: Type.String(),
  // Absent in answers of Multivisor 6:
  /** when it entered its state, host's clock; null: nobody saw it */
  since: Type.Optional(Nullable(EpochMs)),
  /** BACKOFF and STARTING */
  tries: Type.Optional(Nullable(Type.Integer())),
  /** of EXITED: was the exit code among `exitcodes`? */
  expected: Type.Optional(Nullable(Type.Boolean())),
  /** the multivisor agent's own process */
  is_agent: Type.Optional(Type.Boolean()),
});
export type HubProcess = Static<typeof HubProcess>;

/** How the hub stands to the supervisord. Absent in answers of Multivisor 6. */
export const HubLink = Type.Object({
  /** domain's LinkKind; later hubs may have others */
  kind: Type.String(),
  status: Type.Union([Type.Literal("connecting"), Type.Literal("live"), Type.Literal("down")]),
  /** hub's clock */
  since: EpochMs,
  /** of "down"; one line for people */
  reason: Type.Optional(Nullable(Type.String())),
  /** what the host lets hubs do: domain's Right */
  allow: Type.Optional(Type.Array(Type.String())),
  /** what keeps others out of its agent: "none", "token", "tls", "token+tls"; null where not known */
  secured: Type.Optional(Nullable(Type.String())),
});
export type HubLink = Static<typeof HubLink>;

export const HubSupervisor = Type.Object({
  name: Type.String(),
  url: Type.String(),
  host: Type.String(),
  /** the supervisord is reached; else the nullable fields are null and `processes` is empty */
  running: Type.Boolean(),
  pid: Nullable(Type.Integer()),
  identification: Nullable(Type.String()),
  api_version: Nullable(Type.String()),
  supervisor_version: Nullable(Type.String()),
  version: Nullable(Type.String()),
  /** by uid */
  processes: Type.Record(Type.String(), HubProcess),
  link: Type.Optional(HubLink),
  agent_version: Type.Optional(Nullable(Type.String())),
  /** the host's clock minus the hub's, milliseconds */
  clock_offset_ms: Type.Optional(Nullable(Type.Number())),
});
export type HubSupervisor = Static<typeof HubSupervisor>;

export const HubData = Type.Object({
  name: Type.String(),
  /** by name, in the order of the configuration file */
  supervisors: Type.Record(Type.String(), HubSupervisor),
});
export type HubData = Static<typeof HubData>;

export const HubNotification = Type.Object({
  message: Type.String(),
  level: Type.Union([Type.Literal("DEBUG"), Type.Literal("INFO"), Type.Literal("WARNING"), Type.Literal("ERROR")]),
  /** epoch seconds with fraction, hub's clock */
  time: EpochS,
});
export type HubNotification = Static<typeof HubNotification>;

export const StreamMessage = Type.Union([
  Type.Object({ event: Type.Literal("process_changed"), payload: HubProcess }),
  Type.Object({ event: Type.Literal("supervisor_changed"), payload: HubSupervisor }),
  Type.Object({ event: Type.Literal("notification"), payload: HubNotification }),
]);
export type StreamMessage = Static<typeof StreamMessage>;

/** The answer to an action on several, where the request says `Accept: application/json`. */
export const ActionResult = Type.Object({
  /** or the supervisor's name */
  uid: Type.String(),
  ok: Type.Boolean(),
  /** an ErrorCode, where not ok */
  code: Type.Optional(Type.String()),
  message: Type.Optional(Type.String()),
});
export type ActionResult = Static<typeof ActionResult>;

/** Of /api/history: a transition, or a stretch of time of which nothing is known (`gap`). */
export const HistoryItem = Type.Object({
  id: Type.Union([Type.Integer(), Type.String()]),
  kind: Type.Union([Type.Literal("transition"), Type.Literal("gap")]),
  supervisor: Type.String(),
  /** null in a gap, which is of the supervisor as a whole; so are group, name and the states */
  uid: Nullable(Type.String()),
  group: Nullable(Type.String()),
  name: Nullable(Type.String()),
  from_state: Nullable(Type.String()),
  to_state: Nullable(Type.String()),
  /** the host's clock */
  at: EpochMs,
  expected: Nullable(Type.Boolean()),
  pid: Nullable(Type.Integer()),
  spawnerr: Nullable(Type.String()),
  /** of a transition: found by comparing states, at `at` at the latest */
  sampled: Type.Optional(Type.Boolean()),
  /** of a transition to STARTING or BACKOFF */
  tries: Type.Optional(Nullable(Type.Integer())),
  /** of a gap: last moment known, first moment known again (`at`), a GapReason, and how many events are missing if known */
  from: Type.Optional(EpochMs),
  to: Type.Optional(EpochMs),
  reason: Type.Optional(Type.String()),
  lost: Type.Optional(Nullable(Type.Integer())),
});
export type HistoryItem = Static<typeof HistoryItem>;

/** Newest first. */
export const HistoryPage = Type.Object({
  items: Type.Array(HistoryItem),
  /** for `cursor` of the next request; null: this was the last page */
  next: Nullable(Type.String()),
});
export type HistoryPage = Static<typeof HistoryPage>;
