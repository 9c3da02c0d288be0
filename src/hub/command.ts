import { dirname, join } from "node:path";
import { defineCommand } from "citty";
import { VERSION } from "../lib/build-info.ts";
import { createLogger } from "../lib/logger.ts";
import { defaultStatePath } from "../lib/state-folder.ts";
import { readSecretKey } from "./auth/secret-key.ts";
import { requireFreeSocket } from "./door/require-free-socket.ts";
import { DEFAULT_CONFIGURATION, parseHubOptions } from "./hub-options.ts";
import { runHub } from "./run-hub.ts";
import { openService } from "./systemd/service.ts";

export const hubCommand = defineCommand({
  meta: { name: "hub", description: "Gather all agents, serve the pages and the API, keep the history" },
  subCommands: {
    backup: () => import("./backup/command.ts").then((m) => m.backupCommand),
    restore: () => import("./restore/command.ts").then((m) => m.restoreCommand),
    "hash-password": () => import("./hash-password/command.ts").then((m) => m.hashPasswordCommand),
    "upgrade-history": () => import("./upgrade-history/command.ts").then((m) => m.upgradeHistoryCommand),
    "new-token": () => import("./new-token/command.ts").then((m) => m.newTokenCommand),
  },
  args: {
    config: { type: "string", alias: "c", valueHint: "FILE", description: `Configuration (${DEFAULT_CONFIGURATION})` },
    bind: {
      type: "string",
      valueHint: "HOST:PORT",
      description: "Where browsers and clients connect (*:22000); or unix:/PATH",
    },
    db: { type: "string", valueHint: "PATH", description: "Database of the history; else in the state folder" },
    "base-path": { type: "string", valueHint: "/PATH", description: "Behind a proxy: the path under which it is seen" },
    "log-format": { type: "string", valueHint: "FORMAT", description: "text, or json: one object a line" },
    "log-level": { type: "string", valueHint: "LEVEL", description: "DEBUG, INFO, WARN or ERROR; the log is stderr" },
  },
  async run({ args }): Promise<number> {
    const options = parseHubOptions({
      config: args.config,
      bind: args.bind,
      db: args.db,
      "base-path": args["base-path"],
      "log-level": args["log-level"],
      "log-format": args["log-format"],
    });
    const log = createLogger(options.logLevel, undefined, undefined, options.logFormat);
    process.umask(0o077); // lines of logs, and who did what: the hub's alone to read
    await requireFreeSocket(options.bind);
    const dbPath = options.db ?? join(defaultStatePath(process.env, "multivisor"), "history.sqlite");
    const secretKey = readSecretKey(process.env.MULTIVISOR_SECRET_KEY, dirname(dbPath), log);
    const hub = runHub(options, { dbPath, secretKey }, log);
    const { NOTIFY_SOCKET: socket, WATCHDOG_USEC: watchdogUsec, WATCHDOG_PID: watchdogPid } = process.env;
    const service = await openService({ socket, watchdogUsec, watchdogPid }, log);
    log.info(`multivisor ${VERSION} listens on ${hub.url}`);
    service.ready();
    process.on("SIGHUP", hub.reload);
    await new Promise<void>((resolve) => {
      for (const name of ["SIGTERM", "SIGINT"] as const) process.once(name, () => resolve());
    });
    service.stopping();
    await hub.close();
    service.close();
    return 0;
  },
});
