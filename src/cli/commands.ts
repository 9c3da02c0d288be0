import type { CliCommand } from "./cli-command.ts";

/** One file a command; only what is asked for is loaded. In the order of `help`. */
export const COMMANDS: Readonly<Record<string, () => Promise<CliCommand>>> = {
  status: () => import("./commands/status.ts").then((m) => m.status),
  start: () => import("./commands/start.ts").then((m) => m.start),
  stop: () => import("./commands/stop.ts").then((m) => m.stop),
  restart: () => import("./commands/restart.ts").then((m) => m.restart),
  signal: () => import("./commands/signal.ts").then((m) => m.signal),
  stdin: () => import("./commands/stdin.ts").then((m) => m.stdin),
  tail: () => import("./commands/tail.ts").then((m) => m.tail),
  search: () => import("./commands/search.ts").then((m) => m.search),
  clear: () => import("./commands/clear.ts").then((m) => m.clear),
  maintail: () => import("./commands/maintail.ts").then((m) => m.maintail),
  wait: () => import("./commands/wait.ts").then((m) => m.wait),
  pid: () => import("./commands/pid.ts").then((m) => m.pid),
  events: () => import("./commands/events.ts").then((m) => m.events),
  history: () => import("./commands/history.ts").then((m) => m.history),
  why: () => import("./commands/why.ts").then((m) => m.why),
  uptime: () => import("./commands/uptime.ts").then((m) => m.uptime),
  supervisors: () => import("./commands/supervisors.ts").then((m) => m.supervisors),
  avail: () => import("./commands/avail.ts").then((m) => m.avail),
  reread: () => import("./commands/reread.ts").then((m) => m.reread),
  update: () => import("./commands/update.ts").then((m) => m.update),
  add: () => import("./commands/add.ts").then((m) => m.add),
  remove: () => import("./commands/remove.ts").then((m) => m.remove),
  reload: () => import("./commands/reload.ts").then((m) => m.reload),
  shutdown: () => import("./commands/shutdown.ts").then((m) => m.shutdown),
  "refresh-status": () => import("./commands/refresh-status.ts").then((m) => m.refreshStatus),
  login: () => import("./commands/login.ts").then((m) => m.login),
  logout: () => import("./commands/logout.ts").then((m) => m.logout),
  version: () => import("./commands/version.ts").then((m) => m.version),
  completion: () => import("./commands/completion.ts").then((m) => m.completion),
  help: () => import("./commands/help.ts").then((m) => m.help),
};

export const allCommands = (): Promise<CliCommand[]> => Promise.all(Object.values(COMMANDS).map((load) => load()));
