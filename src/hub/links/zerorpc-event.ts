import { MultivisorError } from "../../domain/errors.ts";
import type { ProcessInfo } from "../../domain/process.ts";
import { type Announced, entryOfEvent } from "../../supervisord/entry-of-event.ts";
import { parseEvent } from "../../supervisord/event-payload.ts";
import { parseProcessInfo } from "../../supervisord/process-info.ts";

/** One item of an old agent's event stream. */
export type OldEvent = {
  readonly entry: Announced;
  /** getProcessInfo when the agent came to handle the event: at that time or later; null: not sent */
  readonly details: ProcessInfo | null;
  /** the event listener's section; null where the agent is a part of supervisord */
  readonly listener: string | null;
};

type Fields = Readonly<Record<string, unknown>>;

/**
 * @param atMs of its arrival, host's clock
 * @returns null for what is not kept, and for the greeting that begins each stream
 * @throws MultivisorError BAD_WIRE
 */
export function parseOldEvent(item: unknown, atMs: number): OldEvent | null {
  if (typeof item === "string") return null;
  const { eventname, payload, pool, poolserial } = fields(item, "an event");
  if (typeof eventname !== "string") throw unreadable("an event without eventname");
  const content = fields(payload ?? {}, `the payload of ${eventname}`);
  const event = parseEvent(eventname, payloadText(content));
  const entry = event === null ? null : entryOfEvent(event, atMs);
  if (entry === null) return null;
  const details = content.process == null ? null : parseProcessInfo(content.process);
  return { entry, details, listener: poolserial === undefined ? null : String(pool) };
}

/** As supervisord wrote it, before the agent took it apart. */
const payloadText = (content: Fields): string =>
  Object.entries(content)
    .filter(([, value]) => typeof value === "string" || typeof value === "number")
    .map(([key, value]) => `${key}:${value}`)
    .join(" ");

function fields(value: unknown, what: string): Fields {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Fields;
  throw unreadable(what);
}

const unreadable = (what: string) => new MultivisorError("BAD_WIRE", `Cannot read ${what} of the agent`);
