import { defineCommand } from "citty";
import { createLogger } from "../lib/logger.ts";
import { parseAgentConfig } from "./config.ts";
import { howToConfigure } from "./how-to.ts";
import { becomeLean } from "./lean-process.ts";
import { runAgent } from "./run-agent.ts";
import { writeWhole } from "./write-whole.ts";

export const agentCommand = defineCommand({
  meta: { name: "agent", description: "Run as an event listener of the supervisord on this host" },
  args: {
    bind: { type: "string", valueHint: "HOST:PORT", description: "Where hubs may connect (0:9002: everywhere)" },
    journal: { type: "string", valueHint: "PATH", description: "File that keeps the events until hubs have them" },
    "token-file": {
      type: "string",
      valueHint: "PATH",
      description: "Ask hubs for this token; else $MULTIVISOR_AGENT_TOKEN",
    },
    "log-level": { type: "string", valueHint: "LEVEL", description: "DEBUG, INFO, WARN or ERROR; the log is stderr" },
  },
  async run({ args }): Promise<number> {
    const toStderr = writeWhole(Bun.stderr.writer());
    const config = await parseAgentConfig(args, process.env);
    if (process.env.SUPERVISOR_ENABLED === undefined || (await Bun.stdin.stat()).isCharacterDevice()) {
      toStderr(howToConfigure(process.execPath, "/var/log/supervisor"));
      return 1;
    }
    becomeLean(process.env);
    const log = createLogger(config.logLevel, toStderr);
    keepStdoutFor(log.warn);
    const stop = new AbortController();
    process.on("SIGTERM", () => stop.abort());
    process.on("SIGINT", () => stop.abort());
    return runAgent(config, log, stop.signal);
  },
});

/** One stray byte on stdout and supervisord never sends an event again: whatever would print there goes to the log. */
function keepStdoutFor(warn: (message: string) => void): void {
  const toLog = (...words: unknown[]) => warn(words.map(String).join(" "));
  Object.assign(console, { log: toLog, info: toLog, debug: toLog, table: toLog, dir: toLog });
}
