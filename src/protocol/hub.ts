/**
 * The contract between the hub and everybody who asks it over HTTP: the names, fields and types of Multivisor 6, which
 * scripts in the field rely on. Fields and endpoints may be added, none renamed or dropped. Supervisord's own times
 * (`start`, `stop`, `now`) are epoch seconds of the host's clock; ours (`since`, `at`, …) epoch milliseconds.
 *
 *   GET  /api/data                       HubData
 *   GET  /api/refresh                    HubData, after asking every supervisor anew
 *   GET  /api/stream                     SSE, unnamed messages, each one StreamMessage
 *   GET  /api/process/list               ["<uid>", …]
 *   GET  /api/process/info/<uid>         HubProcess, with `evidence` of its last death and `resources` as they are now
 *   GET  /api/process/stats/<uid>?from&to  HubStats
 *   GET  /api/supervisor/info/<name>     HubSupervisor
 *   POST /api/process/<stop|start|restart|signal|stdin>  uid=<pattern>[,<pattern>…], or filter=
 *   POST /api/group/<start|stop|restart>  group=<name>[,<name>…]
 *   POST /api/supervisor/<start|stop|restart>-all  supervisor=<name>[,<name>…]
 *   GET  /api/actions/<id>               what became of one of these; all take dry_run=1 and wait=0
 *   POST /api/supervisor/<update|restart|reread|shutdown>  supervisor=<name>[,<name>…]
 *   GET  /api/history                    HistoryPage
 *
 * Everything, with fields and examples: /api/openapi.json and /api/docs of a hub.
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
  /** of an end that was not expected, of BACKOFF and FATAL: "exit 3", "SIGKILL"; null where it is not known */
  cause: Type.Optional(Nullable(Type.String())),
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
  /** what this kind of link cannot do and our agent could, in words */
  cannot: Type.Optional(Type.Array(Type.String())),
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
  /** of an action that failed: why */
  reason: Type.Optional(Type.String()),
});
export type HubNotification = Static<typeof HubNotification>;

export const StreamMessage = Type.Union([
  Type.Object({ event: Type.Literal("process_changed"), payload: HubProcess }),
  Type.Object({ event: Type.Literal("supervisor_changed"), payload: HubSupervisor }),
  Type.Object({ event: Type.Literal("notification"), payload: HubNotification }),
]);
export type StreamMessage = Static<typeof StreamMessage>;

/** Of one target of an action: a process has `uid`, a supervisor `supervisor`. */
export const ActionResult = Type.Object({
  uid: Type.Optional(Type.String()),
  supervisor: Type.Optional(Type.String()),
  /** of `add` and `remove`, beside `supervisor` */
  group: Type.Optional(Type.String()),
  ok: Type.Boolean(),
  /** an ErrorCode, where not ok */
  code: Type.Optional(Type.String()),
  message: Type.Optional(Type.String()),
  /** of a process, when the hub answered; null: not known */
  state: Type.Optional(Nullable(StateName)),
  /** of reread and update: names of groups */
  reread: Type.Optional(
    Type.Object({
      added: Type.Array(Type.String()),
      changed: Type.Array(Type.String()),
      removed: Type.Array(Type.String()),
    }),
  ),
});
export type ActionResult = Static<typeof ActionResult>;

/** The answer to an action on several, where the request says `Accept: application/json`. */
export const ActionResults = Type.Object({ results: Type.Array(ActionResult) });

/** What a process and its children use; null where it is not known. */
export const HubResources = Type.Object({
  at: EpochMs,
  /** percent of one core */
  cpu: Nullable(Type.Number()),
  rss_bytes: Nullable(Type.Number()),
  processes: Nullable(Type.Integer()),
  /** open files */
  files: Nullable(Type.Integer()),
});
export type HubResources = Static<typeof HubResources>;

/** Of /api/process/stats: columns, one place for each point, oldest first; times without a point are not known. */
export const HubStats = Type.Object({
  uid: Type.String(),
  from: EpochMs,
  to: EpochMs,
  /** 10,000 for what is in memory, 300,000 for what is in the history */
  step_ms: Type.Integer(),
  /** beginning of each step, the host's clock */
  at: Type.Array(EpochMs),
  cpu: Type.Array(Nullable(Type.Number())),
  /** the highest of a step */
  cpu_max: Type.Array(Nullable(Type.Number())),
  rss_bytes: Type.Array(Nullable(Type.Number())),
  processes: Type.Array(Nullable(Type.Integer())),
  files: Type.Array(Nullable(Type.Integer())),
});
export type HubStats = Static<typeof HubStats>;

/** Why a process died; null where it is not known. */
export const HubEvidence = Type.Object({
  exit_code: Nullable(Type.Integer()),
  signal: Nullable(Type.String()),
  /** how long it ran, milliseconds */
  ran_ms: Nullable(Type.Number()),
  /** what it had written at the end, at most 50 lines and 16 KiB */
  stderr_tail: Nullable(Type.String()),
  stdout_tail: Nullable(Type.String()),
  /** memory of it and its children when they were last looked at */
  rss_bytes: Nullable(Type.Number()),
});
export type HubEvidence = Static<typeof HubEvidence>;

/** Of /api/process/info: with what is known of its last death and what it uses now. */
export const HubProcessInfo = Type.Composite([
  HubProcess,
  Type.Object({ evidence: Nullable(HubEvidence), resources: Nullable(HubResources) }),
]);
export type HubProcessInfo = Static<typeof HubProcessInfo>;

/**
 * Of /api/history: a transition, a stretch of time of which nothing is known (`gap`), what supervisord itself did
 * (`supervisor`), the way to it found or lost (`link`), a group added or removed (`group`), something asked for through
 * the hub (`command`, one for each process or supervisord).
 */
export const HistoryItem = Type.Object({
  id: Type.Union([Type.Integer(), Type.String()]),
  kind: Type.Union([
    Type.Literal("transition"),
    Type.Literal("gap"),
    Type.Literal("supervisor"),
    Type.Literal("link"),
    Type.Literal("group"),
    Type.Literal("command"),
  ]),
  supervisor: Type.String(),
  /** null where it is of the supervisor as a whole, as gaps are; so are group, name and the states */
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
  /** of an end that was not expected, of BACKOFF and FATAL */
  evidence: Type.Optional(Nullable(HubEvidence)),
  /** of a transition: why, a Cause; null: not known */
  cause: Type.Optional(Nullable(Type.String())),
  /** who asked for it through the hub, and for what; `user` is null where no login is required */
  by: Type.Optional(Type.Object({ user: Nullable(Type.String()), address: Type.String(), action: Type.String() })),
  /** of supervisor (RUNNING, STOPPING), link (live, down) and group (ADDED, REMOVED) */
  state: Type.Optional(Type.String()),
  /** of a command: null while nobody knows */
  ok: Type.Optional(Nullable(Type.Boolean())),
  /** of a command: the signal */
  detail: Type.Optional(Type.String()),
  /** what went wrong, or why a link is down */
  message: Type.Optional(Type.String()),
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
