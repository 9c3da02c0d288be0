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
import { HISTORY_KINDS } from "../domain/history-conditions.ts";
import { PROCESS_STATE_NAMES, type ProcessStateName } from "../domain/states.ts";
import { about } from "./about.ts";

export const DEFAULT_HUB_PORT = 22_000;

const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
const StateName = Type.Union(PROCESS_STATE_NAMES.map((name) => Type.Literal(name))) as unknown as TUnion<
  TLiteral<ProcessStateName>[]
>;
const EpochS = Type.Number({ description: "epoch seconds" });
const EpochMs = Type.Number({ description: "epoch milliseconds" });

export const HubProcess = Type.Object({
  uid: about("supervisor:group:name", Type.String()),
  full_name: about("group:name", Type.String()),
  group: Type.String(),
  name: Type.String(),
  supervisor: Type.String(),
  host: Type.String(),
  state: about("supervisord's code of statename", Type.Integer()),
  statename: StateName,
  running: about("STARTING, RUNNING or BACKOFF", Type.Boolean()),
  pid: about("0: no process", Type.Integer()),
  start: about("epoch seconds of the host's clock, as stop and now; 0: never", EpochS),
  stop: EpochS,
  now: about("when the host told it", EpochS),
  exitstatus: about("of the last run, as far as supervisord knows: 0 while it runs, -1 for a signal", Type.Integer()),
  spawnerr: about("why it could not be started; empty: it could", Type.String()),
  description: about("for people, as supervisorctl shows it", Type.String()),
  logfile: about("of stdout", Type.String()),
  stdout_logfile: Type.String(),
  stderr_logfile: Type.String(),
  // Absent in answers of Multivisor 6:
  since: Type.Optional(about("when it entered its state, host's clock; null: nobody saw it", Nullable(EpochMs))),
  tries: Type.Optional(about("BACKOFF and STARTING", Nullable(Type.Integer()))),
  expected: Type.Optional(about("of EXITED: was the exit code among exitcodes?", Nullable(Type.Boolean()))),
  is_agent: Type.Optional(about("the multivisor agent's own process", Type.Boolean())),
  cause: Type.Optional(
    about(
      'of an end that was not expected, of BACKOFF and FATAL: "exit 3", "SIGKILL"; null where it is not known',
      Nullable(Type.String()),
    ),
  ),
});
export type HubProcess = Static<typeof HubProcess>;

/** How the hub stands to the supervisord. Absent in answers of Multivisor 6. */
export const HubLink = Type.Object({
  kind: about("agent, xmlrpc, zerorpc; later hubs may have others", Type.String()),
  status: Type.Union([Type.Literal("connecting"), Type.Literal("live"), Type.Literal("down")]),
  since: about("hub's clock", EpochMs),
  reason: Type.Optional(about('of "down"; one line for people', Nullable(Type.String()))),
  allow: Type.Optional(about("what the host lets hubs do: read, logs, process, supervisor", Type.Array(Type.String()))),
  secured: Type.Optional(
    about(
      'what keeps others out of its agent: "none", "token", "tls", "token+tls"; null where not known',
      Nullable(Type.String()),
    ),
  ),
  cannot: Type.Optional(
    about("what this kind of link cannot do and our agent could, in words", Type.Array(Type.String())),
  ),
});
export type HubLink = Static<typeof HubLink>;

export const HubSupervisor = Type.Object({
  name: Type.String(),
  url: Type.String(),
  host: Type.String(),
  running: about(
    "the supervisord is reached; else the nullable fields are null and processes is empty",
    Type.Boolean(),
  ),
  pid: Nullable(Type.Integer()),
  identification: Nullable(Type.String()),
  api_version: Nullable(Type.String()),
  supervisor_version: Nullable(Type.String()),
  version: Nullable(Type.String()),
  processes: about("by uid", Type.Record(Type.String(), HubProcess)),
  link: Type.Optional(HubLink),
  agent_version: Type.Optional(Nullable(Type.String())),
  clock_offset_ms: Type.Optional(about("the host's clock minus the hub's, milliseconds", Nullable(Type.Number()))),
});
export type HubSupervisor = Static<typeof HubSupervisor>;

export const HubData = Type.Object({
  name: Type.String(),
  supervisors: about("by name, in the order of the configuration file", Type.Record(Type.String(), HubSupervisor)),
});
export type HubData = Static<typeof HubData>;

export const HubNotification = Type.Object({
  message: Type.String(),
  level: Type.Union([Type.Literal("DEBUG"), Type.Literal("INFO"), Type.Literal("WARNING"), Type.Literal("ERROR")]),
  time: about("epoch seconds with fraction, hub's clock", EpochS),
  reason: Type.Optional(about("of an action that failed: why", Type.String())),
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
  group: Type.Optional(about("of add and remove, beside supervisor", Type.String())),
  ok: Type.Boolean(),
  code: Type.Optional(about("where not ok: NOT_RUNNING, BAD_NAME, HOST_UNREACHABLE, …", Type.String())),
  message: Type.Optional(Type.String()),
  state: Type.Optional(about("of a process, when the hub answered; null: not known", Nullable(StateName))),
  pending: Type.Optional(about("not ok, and not failed: it was accepted and goes on", Type.Boolean())),
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
  cpu: about("percent of one core", Nullable(Type.Number())),
  rss_bytes: Nullable(Type.Number()),
  processes: Nullable(Type.Integer()),
  files: about("open files", Nullable(Type.Integer())),
});
export type HubResources = Static<typeof HubResources>;

/** Of /api/process/stats: columns, one place for each point, oldest first; times without a point are not known. */
export const HubStats = Type.Object({
  uid: Type.String(),
  from: EpochMs,
  to: EpochMs,
  step_ms: about("10,000 for what is in memory, 300,000 for what is in the history", Type.Integer()),
  at: about("beginning of each step, the host's clock", Type.Array(EpochMs)),
  cpu: Type.Array(Nullable(Type.Number())),
  cpu_max: about("the highest of a step", Type.Array(Nullable(Type.Number()))),
  rss_bytes: Type.Array(Nullable(Type.Number())),
  processes: Type.Array(Nullable(Type.Integer())),
  files: Type.Array(Nullable(Type.Integer())),
});
export type HubStats = Static<typeof HubStats>;

/** Why a process died; null where it is not known. */
export const HubEvidence = Type.Object({
  exit_code: Nullable(Type.Integer()),
  signal: Nullable(Type.String()),
  ran_ms: about("how long it ran, milliseconds", Nullable(Type.Number())),
  stderr_tail: about("what it had written at the end, at most 50 lines and 16 KiB", Nullable(Type.String())),
  stdout_tail: Nullable(Type.String()),
  rss_bytes: about("memory of it and its children when they were last looked at", Nullable(Type.Number())),
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
  kind: Type.Union(HISTORY_KINDS.map((kind) => Type.Literal(kind))),
  supervisor: Type.String(),
  uid: about(
    "null where it is of the supervisor as a whole, as gaps are; so are group, name and the states",
    Nullable(Type.String()),
  ),
  group: Nullable(Type.String()),
  name: Nullable(Type.String()),
  from_state: Nullable(Type.String()),
  to_state: Nullable(Type.String()),
  at: about("the host's clock", EpochMs),
  expected: Nullable(Type.Boolean()),
  pid: Nullable(Type.Integer()),
  spawnerr: Nullable(Type.String()),
  sampled: Type.Optional(
    about("of a transition: found by comparing states, at this time at the latest", Type.Boolean()),
  ),
  tries: Type.Optional(about("of a transition to STARTING or BACKOFF", Nullable(Type.Integer()))),
  evidence: Type.Optional(about("of an end that was not expected, of BACKOFF and FATAL", Nullable(HubEvidence))),
  cause: Type.Optional(
    about(
      "of a transition or a group, why: user, host, autorestart, supervisord_start, supervisord_stop, crash, exit; null: not known",
      Nullable(Type.String()),
    ),
  ),
  by: Type.Optional(
    about(
      "who asked for it through the hub, and for what; user is null where no login is required",
      Type.Object({ user: Nullable(Type.String()), address: Type.String(), action: Type.String() }),
    ),
  ),
  state: Type.Optional(
    about("of supervisor (RUNNING, STOPPING), link (live, down) and group (ADDED, REMOVED)", Type.String()),
  ),
  ok: Type.Optional(about("of a command: null while nobody knows", Nullable(Type.Boolean()))),
  detail: Type.Optional(about("of a command: the signal", Type.String())),
  message: Type.Optional(about("what went wrong, or why a link is down", Type.String())),
  from: Type.Optional(about("of a gap: last moment known", EpochMs)),
  to: Type.Optional(about("of a gap: first moment known again, as at", EpochMs)),
  reason: Type.Optional(
    about(
      "of a gap, why: agent_not_running, supervisord_not_running, events_lost, journal_expired, journal_replaced, not_watched",
      Type.String(),
    ),
  ),
  lost: Type.Optional(about("of a gap: how many events are missing; null: not known", Nullable(Type.Integer()))),
});
export type HistoryItem = Static<typeof HistoryItem>;

/** Newest first. */
export const HistoryPage = Type.Object({
  items: Type.Array(HistoryItem),
  next: about("for cursor of the next request; null: this was the last page", Nullable(Type.String())),
});
export type HistoryPage = Static<typeof HistoryPage>;
