import { defineCommand } from "citty";
import { messageOf } from "../domain/errors.ts";
import { createBroadcast } from "../lib/broadcast.ts";
import { createLogger } from "../lib/logger.ts";
import { type AgentDoor, type AgentFlags, parseAgentConfig, parseAgentDoor } from "./config.ts";
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
    "tls-cert": { type: "string", valueHint: "PATH", description: "Speak TLS with this certificate (PEM)" },
    "tls-key": { type: "string", valueHint: "PATH", description: "The certificate's private key (PEM)" },
    allow: {
      type: "string",
      valueHint: "RIGHTS",
      description: "What hubs may do here: read,logs,process,supervisor (all) or some of them",
    },
    "log-level": { type: "string", valueHint: "LEVEL", description: "DEBUG, INFO, WARN or ERROR; the log is stderr" },
    "new-token": { type: "boolean", description: "Print a new token and exit" },
    "make-cert": { type: "string", valueHint: "PATH", description: "Make PATH.crt and PATH.key, say how, and exit" },
  },
  async run({ args }): Promise<number> {
    const toStderr = writeWhole(Bun.stderr.writer());
    if (args["new-token"] || args["make-cert"] !== undefined) return make(args, toStderr);
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
    const doors = createBroadcast<AgentDoor>();
    process.on("SIGHUP", () => {
      parseAgentDoor(args as AgentFlags, process.env).then(
        (door) => {
          log.info("Token and certificate are read again");
          doors.publish(door);
        },
        (error) => log.error(`${messageOf(error)}; all stays as it was`),
      );
    });
    return runAgent(config, doors.subscribe, log, stop.signal);
  },
});

type MakeFlags = { readonly "new-token"?: boolean | undefined; readonly "make-cert"?: string | undefined };

/** What only prints: loaded when it is asked for, an agent at work needs none of it. */
async function make(args: MakeFlags, toStderr: (text: string) => void) {
  const toStdout = writeWhole(Bun.stdout.writer());
  if (args["make-cert"] !== undefined) {
    const { makeCertificate } = await import("./make-cert.ts");
    toStdout(makeCertificate(args["make-cert"], Date.now()));
  }
  if (args["new-token"]) {
    const { newToken, TOKEN_ADVICE } = await import("./new-token.ts");
    toStdout(`${newToken()}\n`);
    toStderr(TOKEN_ADVICE);
  }
  return 0;
}

/** One stray byte on stdout and supervisord never sends an event again: whatever would print there goes to the log. */
function keepStdoutFor(warn: (message: string) => void): void {
  const toLog = (...words: unknown[]) => warn(words.map(String).join(" "));
  Object.assign(console, { log: toLog, info: toLog, debug: toLog, table: toLog, dir: toLog });
}
