import { numberText } from "./number-text.ts";

/** What is said of actions: the questions, how they go, what came of them. */
export const actionTexts = {
  doing: { start: "Starting…", restart: "Restarting…", stop: "Stopping…" },
  done: { start: "Started", restart: "Restarted", stop: "Stopped" },
  goesOn: { start: "still starting", restart: "still on the way", stop: "still stopping" },
  failed: { start: "Not started", restart: "Not restarted", stop: "Not stopped" },
  noReason: "no reason given",
  silent: "the hub did not say",
  on: (hosts: number, first: string) => (hosts === 1 ? `on ${first}` : `on ${numberText(hosts)} hosts`),
  processes: (count: number) => (count === 1 ? "1 process" : `${numberText(count)} processes`),
  some: (done: string, count: number, of: number) => `${done} ${numberText(count)} of ${numberText(of)}.`,
  all: (done: string, count: number) => `${done} ${numberText(count)}.`,
  stillGoing: (count: number, words: string) => `${numberText(count)} ${words}.`,
  notDone: (count: number, reasons: readonly string[]) =>
    `${numberText(count)} failed: ${reasons[0]}${reasons.length > 1 ? `; and ${numberText(reasons.length - 1)} more` : ""}`,
  because: (words: string, reason: string) => `${words}: ${reason}`,
  mayNot: "You may look, but not act.",
  hosts: (names: readonly string[]) => `Hosts: ${names.join(", ")}`,
  more: (count: number) => `and ${numberText(count)} more`,
  theAgent: (name: string) => `the agent ${name}`,
  blind: "The hub is blind on a host whose agent does not run, and cannot start it again.",
  agentsLeft: (count: number) =>
    count === 1 ? "The agent among them is left alone." : `The ${numberText(count)} agents among them are left alone.`,
  agentsOnly: "Agents are left alone: act on one by itself.",
} as const;

/** What is said of an action on several while it goes on. */
export const progressTexts = {
  counted: (done: number, of: number, failed: number) =>
    `${numberText(done)} of ${numberText(of)}${failed > 0 ? `, ${numberText(failed)} failed` : ""}`,
  queued: "queued",
  untold: "not told",
  since: (state: string, seconds: number) => `${state} ${seconds} s`,
  background: "Go on in the background",
  close: "Close",
  show: "Show",
  lost: "The hub does not answer; trying again.",
  forgotten: "the hub was started anew: what became of it is not known",
} as const;

/** What is offered for all processes of a group or of a supervisor. */
export const manyTexts = {
  group: (name: string) => `Group ${name}`,
  supervisor: (name: string) => `Processes of ${name}`,
  openGroup: (name: string) => `Actions on group ${name}`,
  openSupervisor: (name: string) => `Actions on the processes of ${name}`,
  acts: { logs: "Logs", history: "History", start: "Start all", restart: "Restart all", stop: "Stop all" },
} as const;

/** What is said of actions on supervisord itself. */
export const supervisordTexts = {
  question: {
    restart: (name: string) => `Restart supervisord of ${name}?`,
    shutdown: (name: string) => `Shut down supervisord of ${name}?`,
    update: (name: string) => `Update ${name}?`,
  },
  title: {
    reread: (name: string) => `Reread the configuration of ${name}`,
    update: (name: string) => `Update ${name}`,
    restart: (name: string) => `Restart supervisord of ${name}`,
    shutdown: (name: string) => `Shut down supervisord of ${name}`,
  },
  doing: { reread: "reading", update: "updating", restart: "restarting", shutdown: "shutting down" },
  done: { reread: "read", update: "up to date", restart: "restarted, live again", shutdown: "shut down" },
  failed: { reread: "not read", update: "not updated", restart: "not restarted", shutdown: "not shut down" },
  after: {
    restart: "supervisord starts again with those that are autostart.",
    shutdown: "The hub cannot start supervisord again: that is done on the host.",
  },
  nothing: "nothing in its configuration has changed",
  would: "an update would apply changes",
  will: { added: "new, will start", changed: "changed, will restart", removed: "removed, will stop" },
  did: { added: "added", changed: "restarted", removed: "removed" },
  summary: (name: string, words: string) => `${name}: ${words}.`,
} as const;

/** What a row offers to fingers, beside the actions. */
export const sheetTexts = { log: "Log", details: "Details" } as const;
