import { MultivisorError } from "../domain/errors.ts";
import type { Call, Command } from "../protocol/agent.ts";
import { MAX_CALLS } from "../protocol/agent-constants.ts";

/**
 * The contract's Command, checked by hand: the schemas would cost every host 4 MB for this one place.
 * @throws MultivisorError BAD_REQUEST that names the field
 */
export function parseCommand(body: unknown): Command {
  const { id, notAfterMs, calls } = record(body, "command");
  if (typeof id !== "string" || id.length < 1 || id.length > 100) throw bad("id", "a text of 1 to 100 characters");
  if (typeof notAfterMs !== "number" || !Number.isFinite(notAfterMs)) throw bad("notAfterMs", "epoch milliseconds");
  if (!Array.isArray(calls) || calls.length < 1 || calls.length > MAX_CALLS)
    throw bad("calls", `1 to ${MAX_CALLS} calls`);
  return { id, notAfterMs, calls: calls.map(parseCall) };
}

function parseCall(value: unknown, i: number): Call {
  const at = `calls[${i}]`;
  const call = record(value, at);
  switch (call.method) {
    case "startProcess":
    case "stopProcess":
    case "restartProcess":
    case "clearProcessLogs":
      return { method: call.method, namespec: text(call.namespec, `${at}.namespec`) };
    case "signalProcess":
      return {
        method: call.method,
        namespec: text(call.namespec, `${at}.namespec`),
        signal: text(call.signal, `${at}.signal`),
      };
    case "sendProcessStdin":
      return {
        method: call.method,
        namespec: text(call.namespec, `${at}.namespec`),
        chars: text(call.chars, `${at}.chars`),
      };
    case "update":
      if (!Array.isArray(call.groups)) throw bad(`${at}.groups`, "a list of group names");
      return { method: call.method, groups: call.groups.map((group, n) => text(group, `${at}.groups[${n}]`)) };
    case "addGroup":
    case "removeGroup":
      return { method: call.method, group: text(call.group, `${at}.group`) };
    case "avail":
    case "reread":
    case "restart":
    case "shutdown":
      return { method: call.method };
    default:
      throw bad(`${at}.method`, "a method of the contract");
  }
}

function record(value: unknown, at: string): Record<string, unknown> {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw bad(at, "an object");
}

function text(value: unknown, at: string): string {
  if (typeof value === "string" && value !== "") return value;
  throw bad(at, "a text");
}

const bad = (at: string, expected: string) =>
  new MultivisorError("BAD_REQUEST", `Cannot read ${at}: ${expected} expected`);
