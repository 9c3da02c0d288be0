/**
 * The contract between agent and hub, version 1. HTTP; everything but `GET /` asks for `Authorization: Bearer <token>`
 * where the agent has a token.
 *
 *   GET  /v1/stream    SSE. `Last-Event-ID: <epoch>:<seq>` asks for what follows; none: from the journal's beginning.
 *                      Messages: first `hello`; `snapshot` as soon as there is one; then `entry` (id `<epoch>:<seq>`)
 *                      in order and without holes, and between them further `snapshot`, `processes`, `resources` and `failure`.
 *                      A comment every HEARTBEAT_MS.
 *   POST /v1/alive     {stream} -> {nowMs}. The hub's heartbeat; a stream whose hub is silent for SILENCE_MS is closed.
 *   POST /v1/refresh   -> {seq}. Asks supervisord anew; answers when the snapshot with that sequence has been sent.
 *   POST /v1/command   Command -> {results}, one for each call, in order.
 *   GET  /v1/log/…      logs: agent-logs.ts.
 *   GET  /             one line of text for people.
 *
 * What the host does not allow (`allow` in `hello`) answers FORBIDDEN: a path as a whole, of a command each such call.
 *
 * Errors are {code, message} (an ErrorCode) with a status of 4xx or 5xx.
 */
import { type Static, type TLiteral, type TSchema, type TUnion, Type } from "@sinclair/typebox";
import { PROCESS_STATE_NAMES, type ProcessStateName } from "../domain/states.ts";
import { MAX_CALLS } from "./agent-constants.ts";

export { DEFAULT_AGENT_PORT, HEARTBEAT_MS, MAX_CALLS, PROTOCOL_VERSION, SILENCE_MS } from "./agent-constants.ts";

const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
const StateName = Type.Union(PROCESS_STATE_NAMES.map((name) => Type.Literal(name))) as unknown as TUnion<
  TLiteral<ProcessStateName>[]
>;
const EpochMs = Type.Number();
const Seq = Type.Integer({ minimum: 0 });

/** Domain's ProcessInfo, field by field. */
export const WireProcess = Type.Object({
  group: Type.String(),
  name: Type.String(),
  state: StateName,
  pid: Nullable(Type.Integer()),
  startMs: Nullable(EpochMs),
  stopMs: Nullable(EpochMs),
  nowMs: EpochMs,
  exitstatus: Type.Integer(),
  spawnerr: Type.String(),
  description: Type.String(),
  stdoutLogfile: Type.String(),
  stderrLogfile: Type.String(),
  sinceMs: Nullable(EpochMs),
  tries: Nullable(Type.Integer()),
  expected: Nullable(Type.Boolean()),
});

/** `event: hello` */
export const Hello = Type.Object({
  protocol: Type.Integer(),
  agentVersion: Type.String(),
  epoch: Type.String({ minLength: 1 }),
  /** names this stream in /v1/alive */
  stream: Type.String(),
  /** first entry that the journal still holds; newestSeq + 1 where it holds none */
  oldestSeq: Seq,
  newestSeq: Seq,
  nowMs: EpochMs,
  /** the agent's own place in supervisord */
  agent: Type.Object({ group: Type.String(), name: Type.String() }),
  /** does it let in only who has its token? */
  asksToken: Type.Optional(Type.Boolean()),
  /** of the host, as the zone database names it; absent: not known */
  timeZone: Type.Optional(Type.String()),
  /** what it lets hubs do, domain's Right, and others that a newer agent may know; absent: everything */
  allow: Type.Optional(Type.Array(Type.String())),
});
export type Hello = Static<typeof Hello>;

/** `event: snapshot`: exact after the entry `seq` and before the one that follows. */
export const Snapshot = Type.Object({
  seq: Seq,
  nowMs: EpochMs,
  supervisor: Type.Object({
    identification: Type.String(),
    pid: Type.Integer(),
    apiVersion: Type.String(),
    supervisorVersion: Type.String(),
    state: Type.Union([Type.Literal("RUNNING"), Type.Literal("STOPPING")]),
  }),
  processes: Type.Array(WireProcess),
});
export type Snapshot = Static<typeof Snapshot>;

/** `event: processes`: what getProcessInfo says more about some processes (times, exit status); changes no state. */
export const Processes = Type.Object({ processes: Type.Array(WireProcess) });
export type Processes = Static<typeof Processes>;

/**
 * `event: resources`: what each process and its children use, every 5 s; not kept anywhere on the host. One place in every
 * array for each process. No such message comes from a host without /proc.
 */
export const Resources = Type.Object({
  atMs: EpochMs,
  /** `group:name` */
  names: Type.Array(Type.String()),
  /** percent of one core since the message before; null: the first look at this run */
  cpu: Type.Array(Nullable(Type.Number())),
  rssBytes: Type.Array(Type.Number()),
  /** how many processes, itself and its children */
  processes: Type.Array(Type.Integer()),
  /** open files of all of them; null: not permitted to know */
  files: Type.Array(Nullable(Type.Integer())),
});
export type Resources = Static<typeof Resources>;

/** `event: failure`: a call that had been accepted could not be finished (the start of a restart). */
export const Failure = Type.Object({
  command: Type.String(),
  namespec: Type.String(),
  code: Type.String(),
  message: Type.String(),
});
export type Failure = Static<typeof Failure>;

/** Domain's Evidence. */
const WireEvidence = Type.Object({
  exitCode: Nullable(Type.Integer()),
  signal: Nullable(Type.String()),
  ranMs: Nullable(Type.Number()),
  stderrTail: Nullable(Type.String()),
  stdoutTail: Nullable(Type.String()),
  rssBytes: Nullable(Type.Number()),
});

const numbered = { seq: Seq, atMs: EpochMs };
/** `event: entry`: domain's JournalEntry. */
export const Entry = Type.Union([
  Type.Object({
    kind: Type.Literal("transition"),
    ...numbered,
    group: Type.String(),
    name: Type.String(),
    fromState: Nullable(StateName),
    toState: StateName,
    pid: Nullable(Type.Integer()),
    expected: Nullable(Type.Boolean()),
    tries: Nullable(Type.Integer()),
    sampled: Type.Boolean(),
  }),
  Type.Object({
    kind: Type.Literal("detail"),
    ...numbered,
    ofSeq: Seq,
    ofMs: EpochMs,
    group: Type.String(),
    name: Type.String(),
    spawnerr: Type.String(),
    evidence: Type.Optional(Nullable(WireEvidence)),
  }),
  Type.Object({
    kind: Type.Literal("gap"),
    ...numbered,
    fromMs: EpochMs,
    reason: Type.Union([
      Type.Literal("agent_not_running"),
      Type.Literal("supervisord_not_running"),
      Type.Literal("events_lost"),
      Type.Literal("journal_expired"),
      Type.Literal("journal_replaced"),
      Type.Literal("not_watched"),
    ]),
    lost: Nullable(Type.Integer()),
  }),
  Type.Object({
    kind: Type.Literal("supervisor"),
    ...numbered,
    state: Type.Union([Type.Literal("RUNNING"), Type.Literal("STOPPING")]),
  }),
  Type.Object({
    kind: Type.Literal("group"),
    ...numbered,
    group: Type.String(),
    change: Type.Union([Type.Literal("ADDED"), Type.Literal("REMOVED")]),
  }),
]);
export type Entry = Static<typeof Entry>;

/** One thing to do. `namespec` is `group:name`, or `group:*` for a whole group. Nothing waits for the outcome. */
export const Call = Type.Union([
  Type.Object({
    method: Type.Union([
      Type.Literal("startProcess"),
      Type.Literal("stopProcess"),
      Type.Literal("restartProcess"),
      /** of one process, both channels; not of a group */
      Type.Literal("clearProcessLogs"),
    ]),
    namespec: Type.String({ minLength: 1 }),
  }),
  Type.Object({
    method: Type.Literal("signalProcess"),
    namespec: Type.String({ minLength: 1 }),
    signal: Type.String({ minLength: 1 }),
  }),
  /** of one process, not of a group */
  Type.Object({
    method: Type.Literal("sendProcessStdin"),
    namespec: Type.String({ minLength: 1 }),
    chars: Type.String({ minLength: 1 }),
  }),
  /** what supervisord has read of its configuration */
  Type.Object({ method: Type.Literal("avail") }),
  /** addProcessGroup and removeProcessGroup, of what was read */
  Type.Object({
    method: Type.Union([Type.Literal("addGroup"), Type.Literal("removeGroup")]),
    group: Type.String({ minLength: 1 }),
  }),
  /** `reread`: reloadConfig, applies nothing; value RereadResult */
  Type.Object({ method: Type.Literal("reread") }),
  /** `update`: reread, then stop, remove and add groups as supervisorctl does; value RereadResult; [] means all groups */
  Type.Object({ method: Type.Literal("update"), groups: Type.Array(Type.String()) }),
  /** of supervisord itself */
  Type.Object({ method: Type.Union([Type.Literal("restart"), Type.Literal("shutdown")]) }),
]);
export type Call = Static<typeof Call>;

export const Command = Type.Object({
  /** unique; a command that comes twice is done once and answered twice */
  id: Type.String({ minLength: 1, maxLength: 100 }),
  /** the agent's clock; a command that arrives later answers EXPIRED and does nothing */
  notAfterMs: EpochMs,
  calls: Type.Array(Call, { minItems: 1, maxItems: MAX_CALLS }),
});
export type Command = Static<typeof Command>;

export const RereadResult = Type.Object({
  added: Type.Array(Type.String()),
  changed: Type.Array(Type.String()),
  removed: Type.Array(Type.String()),
});
export type RereadResult = Static<typeof RereadResult>;

/** One program as supervisord has read it, active or not; null: not told. Seconds. */
export const ProgramConfiguration = Type.Object({
  group: Type.String(),
  name: Type.String(),
  inuse: Type.Boolean(),
  autostart: Nullable(Type.Boolean()),
  groupPriority: Nullable(Type.Number()),
  priority: Nullable(Type.Number()),
  command: Nullable(Type.String()),
  directory: Nullable(Type.String()),
  uid: Nullable(Type.Number()),
  startsecs: Nullable(Type.Number()),
  startretries: Nullable(Type.Number()),
  stopsignal: Nullable(Type.Number()),
  stopwaitsecs: Nullable(Type.Number()),
  exitcodes: Nullable(Type.Array(Type.Number())),
  redirectStderr: Nullable(Type.Boolean()),
});

/** Of one call. For `group:*`, `processes` has one item for each process that supervisord tried. */
export const CallResult = Type.Union([
  Type.Object({
    ok: Type.Literal(true),
    reread: Type.Optional(RereadResult),
    processes: Type.Optional(
      Type.Array(
        Type.Object({
          namespec: Type.String(),
          ok: Type.Boolean(),
          code: Type.Optional(Type.String()),
          message: Type.Optional(Type.String()),
        }),
      ),
    ),
    programs: Type.Optional(Type.Array(ProgramConfiguration)),
  }),
  Type.Object({ ok: Type.Literal(false), code: Type.String(), message: Type.String() }),
]);
export type CallResult = Static<typeof CallResult>;
export const CommandResults = Type.Object({ results: Type.Array(CallResult) });

/** Answer of /v1/alive; epoch milliseconds of the agent's clock. */
export const Alive = Type.Object({ nowMs: EpochMs });
/** Answer of /v1/refresh. */
export const Refreshed = Type.Object({ seq: Seq });

export { type Cursor, formatCursor, parseCursor } from "./cursor.ts";
