import { MultivisorError } from "../domain/errors.ts";
import { isProcessStateName, type ProcessStateName } from "../domain/states.ts";

/** One variant for each name. */
type Of<Name extends string, Fields> = Name extends string ? Fields & { readonly eventname: Name } : never;
type StateChange = { readonly group: string; readonly name: string; readonly fromState: ProcessStateName };
type WithPid = StateChange & { /** null where supervisord says 0 */ readonly pid: number | null };
type FromProcess = {
  readonly group: string;
  readonly name: string;
  readonly pid: number | null;
  readonly data: string;
};

/** What supervisord announces (supervisor/events.py). */
export type SupervisordEvent =
  | Of<"PROCESS_STATE_STARTING", StateChange & { readonly tries: number }>
  | Of<"PROCESS_STATE_RUNNING", WithPid>
  | Of<"PROCESS_STATE_BACKOFF", StateChange & { readonly tries: number }>
  | Of<"PROCESS_STATE_STOPPING", WithPid>
  | Of<"PROCESS_STATE_EXITED", WithPid & { readonly expected: boolean }>
  | Of<"PROCESS_STATE_STOPPED", WithPid>
  | Of<"PROCESS_STATE_FATAL", StateChange>
  | Of<"PROCESS_STATE_UNKNOWN", StateChange>
  | Of<"PROCESS_LOG_STDOUT" | "PROCESS_LOG_STDERR", FromProcess>
  | Of<"PROCESS_COMMUNICATION_STDOUT" | "PROCESS_COMMUNICATION_STDERR", FromProcess>
  | Of<"REMOTE_COMMUNICATION", { readonly type: string; readonly data: string }>
  | Of<"SUPERVISOR_STATE_CHANGE_RUNNING" | "SUPERVISOR_STATE_CHANGE_STOPPING", unknown>
  | Of<"TICK_5" | "TICK_60" | "TICK_3600", { /** supervisord's clock, epoch ms */ readonly whenMs: number }>
  | Of<"PROCESS_GROUP_ADDED" | "PROCESS_GROUP_REMOVED", { readonly group: string }>;

export type ProcessStateEvent = Extract<SupervisordEvent, { fromState: ProcessStateName }>;

type Name = SupervisordEvent["eventname"];
type Parser<N extends Name> = (payload: string) => Omit<Extract<SupervisordEvent, { eventname: N }>, "eventname">;

/** Names hold neither space nor colon nor slash (supervisor/options.py), so the fields of a head do not either. */
function head(line: string) {
  const fields = new Map<string, string>();
  for (const field of line.trim().split(" ")) {
    const colon = field.indexOf(":");
    if (colon > 0) fields.set(field.slice(0, colon), field.slice(colon + 1));
  }
  const string = (key: string): string => {
    const value = fields.get(key);
    if (value === undefined) throw unreadable(`no ${key} in "${line.slice(0, 200)}"`);
    return value;
  };
  const integer = (key: string): number => {
    const number = Number(string(key));
    if (!Number.isInteger(number)) throw unreadable(`${key} is no number in "${line.slice(0, 200)}"`);
    return number;
  };
  return { string, integer };
}

const unreadable = (why: string) => new MultivisorError("BAD_WIRE", `Cannot read an event: ${why}`);

function state(text: string): ProcessStateName {
  return isProcessStateName(text) ? text : "UNKNOWN";
}

function stateChange(payload: string): StateChange {
  const { string } = head(payload);
  return { group: string("groupname"), name: string("processname"), fromState: state(string("from_state")) };
}

const withPid = (payload: string): WithPid => ({ ...stateChange(payload), pid: head(payload).integer("pid") || null });
const withTries = (payload: string) => ({ ...stateChange(payload), tries: head(payload).integer("tries") });

/** A line of fields, then data of any shape. */
function fromProcess(payload: string): FromProcess {
  const end = payload.indexOf("\n");
  const { string, integer } = head(payload.slice(0, end < 0 ? undefined : end));
  const data = end < 0 ? "" : payload.slice(end + 1);
  return { group: string("groupname"), name: string("processname"), pid: integer("pid") || null, data };
}

/** The type is the rest of the first line, whatever it holds. */
function remoteCommunication(payload: string) {
  const end = payload.indexOf("\n");
  const line = end < 0 ? payload : payload.slice(0, end);
  if (!line.startsWith("type:")) throw unreadable(`no type in "${line.slice(0, 200)}"`);
  return { type: line.slice("type:".length), data: end < 0 ? "" : payload.slice(end + 1) };
}

const nothing = () => ({});
const tick = (payload: string) => ({ whenMs: head(payload).integer("when") * 1_000 });
const group = (payload: string) => ({ group: head(payload).string("groupname") });

const PARSERS: { readonly [N in Name]: Parser<N> } = {
  PROCESS_STATE_STARTING: withTries,
  PROCESS_STATE_RUNNING: withPid,
  PROCESS_STATE_BACKOFF: withTries,
  PROCESS_STATE_STOPPING: withPid,
  PROCESS_STATE_EXITED: (payload) => ({ ...withPid(payload), expected: head(payload).integer("expected") === 1 }),
  PROCESS_STATE_STOPPED: withPid,
  PROCESS_STATE_FATAL: stateChange,
  PROCESS_STATE_UNKNOWN: stateChange,
  PROCESS_LOG_STDOUT: fromProcess,
  PROCESS_LOG_STDERR: fromProcess,
  PROCESS_COMMUNICATION_STDOUT: fromProcess,
  PROCESS_COMMUNICATION_STDERR: fromProcess,
  REMOTE_COMMUNICATION: remoteCommunication,
  SUPERVISOR_STATE_CHANGE_RUNNING: nothing,
  SUPERVISOR_STATE_CHANGE_STOPPING: nothing,
  TICK_5: tick,
  TICK_60: tick,
  TICK_3600: tick,
  PROCESS_GROUP_ADDED: group,
  PROCESS_GROUP_REMOVED: group,
};

const isKnown = (eventname: string): eventname is Name => Object.hasOwn(PARSERS, eventname);

/**
 * @returns null for a type that we do not know
 * @throws MultivisorError BAD_WIRE for a payload that is not what its type says
 */
export function parseEvent(eventname: string, payload: string): SupervisordEvent | null {
  if (!isKnown(eventname)) return null;
  return { eventname, ...PARSERS[eventname](payload) } as SupervisordEvent;
}
