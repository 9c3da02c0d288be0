import { MultivisorError } from "../domain/errors.ts";
import type { ProcessInfo } from "../domain/process.ts";
import { stateOfCode } from "../domain/states.ts";

/** supervisord's clock counts in seconds; 0 says "never". */
const msOrNull = (seconds: number): number | null => (seconds === 0 ? null : seconds * 1_000);

/**
 * A struct of getProcessInfo or getAllProcessInfo.
 * @throws MultivisorError BAD_WIRE that names the field
 */
export function parseProcessInfo(wire: unknown): ProcessInfo {
  if (typeof wire !== "object" || wire === null) throw badField("(the struct itself)");
  const { string, integer } = fieldsOf(wire as Record<string, unknown>);
  return {
    group: string("group"),
    name: string("name"),
    state: stateOfCode(integer("state")),
    pid: integer("pid") || null,
    startMs: msOrNull(integer("start")),
    stopMs: msOrNull(integer("stop")),
    nowMs: integer("now") * 1_000,
    exitstatus: integer("exitstatus"),
    spawnerr: string("spawnerr"),
    description: string("description"),
    stdoutLogfile: string("stdout_logfile"),
    stderrLogfile: string("stderr_logfile"),
    sinceMs: null,
    tries: null,
    expected: null,
  };
}

function fieldsOf(struct: Record<string, unknown>) {
  return {
    string(name: string): string {
      const value = struct[name];
      if (typeof value !== "string") throw badField(name);
      return value;
    },
    integer(name: string): number {
      const value = struct[name];
      if (typeof value !== "number" || !Number.isFinite(value)) throw badField(name);
      return Math.trunc(value);
    },
  };
}

const badField = (name: string) =>
  new MultivisorError("BAD_WIRE", `Cannot read getProcessInfo: field ${name} is missing or wrong`);

/** The answer of getAllProcessInfo. */
export function parseAllProcessInfo(wire: unknown): ProcessInfo[] {
  if (!Array.isArray(wire)) throw badField("(the list itself)");
  return wire.map(parseProcessInfo);
}
