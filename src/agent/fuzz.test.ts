import { describe, test } from "bun:test";
import fc from "fast-check";
import { MultivisorError } from "../domain/errors.ts";
import { parseEventHeader } from "../supervisord/event-header.ts";
import { parseMainLogLine } from "../supervisord/main-log-line.ts";
import { parseCommand } from "./command-check.ts";
import { parseAgentConfig } from "./config.ts";
import { parseProcStat } from "./resources/proc-stat.ts";

const text = fc.string({ unit: "binary", maxLength: 200 });

const holds = (name: string, property: fc.IRawProperty<unknown, boolean>) =>
  test(name, () => void fc.assert(property as never, { numRuns: 1_000 }));

function orOurs(act: () => unknown): boolean {
  try {
    act();
    return true;
  } catch (error) {
    return error instanceof MultivisorError;
  }
}

describe("whatever comes to an agent", () => {
  holds(
    "a hub's command is taken or refused in words",
    fc.property(
      fc.oneof(
        fc.jsonValue(),
        fc.record({
          id: fc.oneof(text, fc.integer()),
          notAfterMs: fc.oneof(fc.double(), text),
          calls: fc.array(
            fc.record({ method: fc.constantFrom("startProcess", "update", "constructor"), namespec: fc.jsonValue() }),
            { maxLength: 3 },
          ),
        }),
      ),
      (body) => orOurs(() => parseCommand(body)),
    ),
  );
  holds(
    "the head of an event",
    fc.property(
      fc.oneof(
        text,
        text.map((name) => `ver:3.0 server:s serial:1 pool:${name} poolserial:2 eventname:${name} len:3`),
      ),
      (line) => orOurs(() => parseEventHeader(line)),
    ),
  );
  holds(
    "a line of supervisord's main log, with any name in it",
    fc.property(
      fc.oneof(
        text,
        text.map((name) => `2026-11-28 08:43:26,280 INFO exited: ${name} (exit status 3; not expected)`),
      ),
      (line) => parseMainLogLine(line, 0) !== undefined,
    ),
  );
  holds(
    "/proc/<pid>/stat of a program that may call itself anything",
    fc.property(text, fc.array(fc.nat(), { minLength: 22, maxLength: 50 }), (name, fields) => {
      const stat = parseProcStat(`7 (${name}) S ${fields.join(" ")}`);
      return stat === null || (stat.ppid === fields[0] && stat.ticks >= 0);
    }),
  );

  const FLAGS = ["bind", "journal", "allow", "log-level", "tls-cert"] as const;
  const VARIABLES = ["MULTIVISOR_AGENT_TOKEN", "SUPERVISOR_SERVER_URL", "STATE_DIRECTORY", "XDG_STATE_HOME"];
  test("flags and environment are taken or refused in words", () =>
    fc.assert(
      fc.asyncProperty(
        fc.dictionary(fc.constantFrom(...FLAGS), text),
        fc.dictionary(fc.constantFrom(...VARIABLES), text),
        async (flags, env) => {
          const error = await parseAgentConfig(flags, env).then(
            () => null,
            (reason) => reason,
          );
          return error === null || (error instanceof MultivisorError && error.code === "BAD_CONFIG");
        },
      ),
      { numRuns: 1_000 },
    ));
});
