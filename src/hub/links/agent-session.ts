import type { Static, TSchema } from "@sinclair/typebox";
import { MultivisorError } from "../../domain/errors.ts";
import type { JournalEntry } from "../../domain/journal-entry.ts";
import { type SseMessage, sseReader } from "../../lib/sse-parse.ts";
import {
  type Cursor,
  Entry,
  Failure,
  formatCursor,
  HEARTBEAT_MS,
  Hello,
  PROTOCOL_VERSION,
  Processes,
  Resources,
  Snapshot,
} from "../../protocol/agent.ts";
import { type AgentHttp, checked, parseJson } from "./agent-http.ts";

export type AgentMessage =
  | { readonly event: "hello"; readonly data: Hello }
  | { readonly event: "snapshot"; readonly data: Snapshot }
  | { readonly event: "entry"; readonly data: JournalEntry }
  | { readonly event: "processes"; readonly data: Processes }
  | { readonly event: "resources"; readonly data: Resources }
  | { readonly event: "failure"; readonly data: Failure };

export const AGENT_SCHEMAS = {
  hello: Hello,
  snapshot: Snapshot,
  entry: Entry,
  processes: Processes,
  resources: Resources,
  failure: Failure,
} as const satisfies Record<AgentMessage["event"], TSchema>;

const isKnown = (event: string): event is AgentMessage["event"] => Object.hasOwn(AGENT_SCHEMAS, event);

function parseMessage(event: AgentMessage["event"], data: string): AgentMessage {
  const value: Static<TSchema> = checked(
    AGENT_SCHEMAS[event],
    parseJson(data, `the agent's ${event}`),
    `the agent's ${event}`,
  );
  return { event, data: value } as AgentMessage;
}

/** Two and a bit: a host that vanished is shown as down within 15 s of its last sign. */
const MISSED_HEARTBEATS = 2.5;
const GRACE_MS = 100;

/**
 * One connection to one agent: its messages as they come, until it ends. Messages of kinds that a newer agent may add are
 * passed over.
 * @param after the last entry that we hold; null asks from the journal's beginning
 * @throws MultivisorError HOST_UNREACHABLE when nothing came for the time of MISSED_HEARTBEATS; whatever else ended it
 */
export async function agentSession(
  http: AgentHttp,
  after: Cursor | null,
  onMessage: (message: AgentMessage) => void,
  signal: AbortSignal,
  heartbeatMs = HEARTBEAT_MS,
): Promise<void> {
  const patienceMs = MISSED_HEARTBEATS * heartbeatMs;
  const silence = new AbortController();
  const giveUp = () =>
    silence.abort(new MultivisorError("HOST_UNREACHABLE", `no sign of life for ${patienceMs / 1_000} s`));
  // Were we too busy to listen? What has come meanwhile is read first.
  const onSilence = () => {
    timer = setTimeout(giveUp, GRACE_MS);
  };
  let timer = setTimeout(onSilence, patienceMs);
  const reader = sseReader();
  let greeted = false;
  let seq: number | null = null;
  const take = ({ event, data }: SseMessage) => {
    if (!isKnown(event)) return;
    const message = parseMessage(event, data);
    if (message.event === "hello") checkProtocol(message.data);
    else if (!greeted) throw new MultivisorError("BAD_WIRE", `the agent began with ${event} instead of hello`);
    greeted = true;
    if (message.event === "entry") seq = checkPlace(message.data.seq, seq);
    onMessage(message);
  };
  const onBytes = (bytes: Uint8Array) => {
    clearTimeout(timer);
    timer = setTimeout(onSilence, patienceMs);
    reader.push(bytes).forEach(take);
  };
  const headers: Record<string, string> = after === null ? {} : { "last-event-id": formatCursor(after) };
  try {
    await http.follow("/v1/stream", headers, onBytes, AbortSignal.any([signal, silence.signal]));
  } catch (error) {
    throw silence.signal.aborted ? silence.signal.reason : error;
  } finally {
    clearTimeout(timer);
  }
}

/**
 * A hole at the beginning is what the journal had to forget. Behind that nothing may be missing: what got lost on its way, or was
 * forgotten while we read, is asked for again by the next connection.
 * @param before null: it is the first
 */
function checkPlace(seq: number, before: number | null): number {
  if (before === null || seq === before + 1) return seq;
  throw new MultivisorError("BAD_WIRE", `the agent's entry ${seq} follows ${before}: what is between them was lost`);
}

function checkProtocol({ protocol, agentVersion }: Hello): void {
  if (protocol === PROTOCOL_VERSION) return;
  throw new MultivisorError(
    "BAD_WIRE",
    `the agent (${agentVersion}) speaks protocol ${protocol}, this hub speaks ${PROTOCOL_VERSION}: install the same version on both`,
  );
}
