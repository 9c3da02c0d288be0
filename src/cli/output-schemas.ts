/** What `--json` prints, for docs/cli.md and the tests; no command needs it to run. */
import { type TSchema, Type } from "@sinclair/typebox";
import { HistoryItem, HubEvidence, HubProcess, HubResources, HubSupervisor } from "../protocol/hub.ts";
import { HistorySummary } from "../protocol/hub-history.ts";
import { HubProgram } from "../protocol/hub-program.ts";

const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

const Outcome = Type.Object({
  uid: Type.String({ description: "or the word that nothing bears" }),
  ok: Type.Boolean(),
  state: Nullable(Type.String({ description: "as it is then; null: not known" })),
  code: Type.Optional(Type.String({ description: "where not ok: BAD_NAME, NOT_RUNNING, SPAWN_ERROR, TIMEOUT, …" })),
  message: Type.Optional(Type.String({ description: "one line for people" })),
});

const SupervisorOutcome = Type.Object({
  supervisor: Type.String(),
  group: Type.Optional(Type.String({ description: "of add and remove" })),
  ok: Type.Boolean(),
  code: Type.Optional(Type.String({ description: "where not ok" })),
  message: Type.Optional(Type.String()),
  reread: Type.Optional(
    Type.Object(
      { added: Type.Array(Type.String()), changed: Type.Array(Type.String()), removed: Type.Array(Type.String()) },
      { description: "names of groups" },
    ),
  ),
});

const { processes: _, ...supervisorFields } = HubSupervisor.properties;
const Supervisor = Type.Object({ ...supervisorFields, processes: Type.Integer({ description: "how many" }) });

const LogLine = Type.Object({
  name: Type.String({ description: "uid, or the supervisor's name" }),
  channel: Type.String({ description: "stdout, stderr, main" }),
  line: Type.String(),
});

const Event = Type.Object({
  event: Type.String({ description: "process_changed, supervisor_changed, notification, …" }),
  payload: Type.Unknown({ description: "as /api/stream has it" }),
});

type Shape = { readonly row: TSchema; readonly isLines: boolean };
const array = (row: TSchema): Shape => ({ row, isLines: false });
/** one object a line with --json too */
const lines = (row: TSchema): Shape => ({ row, isLines: true });

/** By command; of an array, one item. Fields may be added. */
export const OUTPUT_SCHEMAS: Readonly<Record<string, Shape>> = {
  status: array(HubProcess),
  "refresh-status": array(HubProcess),
  wait: array(HubProcess),
  start: array(Outcome),
  stop: array(Outcome),
  restart: array(Outcome),
  signal: array(Outcome),
  stdin: array(Outcome),
  clear: array(Outcome),
  avail: array(HubProgram),
  reread: array(SupervisorOutcome),
  add: array(SupervisorOutcome),
  remove: array(SupervisorOutcome),
  update: array(SupervisorOutcome),
  reload: array(SupervisorOutcome),
  shutdown: array(SupervisorOutcome),
  supervisors: array(Supervisor),
  pid: array(
    Type.Object({
      uid: Type.Optional(Type.String()),
      supervisor: Type.Optional(Type.String({ description: "without a pattern" })),
      pid: Type.Integer({ description: "0: does not run" }),
    }),
  ),
  version: array(Type.Object({ version: Type.String() })),
  history: array(HistoryItem),
  uptime: array(HistorySummary.properties.rows.items),
  why: array(
    Type.Object({
      ...HubProcess.properties,
      evidence: Type.Optional(Nullable(HubEvidence)),
      resources: Type.Optional(Nullable(HubResources)),
    }),
  ),
  tail: lines(LogLine),
  search: lines(LogLine),
  maintail: lines(LogLine),
  events: lines(Event),
};
