/** Something to type, and what is to come of it. */
export type Try = {
  readonly words: readonly string[];
  readonly code: number;
  /** on stdout or stderr */
  readonly says: RegExp;
  /** the same for supervisorctl: the exit code must be the same, and with `sameText` what is printed, names apart */
  readonly ctl?: readonly string[];
  readonly sameText?: boolean;
  /** it ends by Ctrl-C */
  readonly isEndless?: boolean;
  /** only when supervisord is back from what was tried before */
  readonly isAfterRestart?: boolean;
};

export type Row = {
  readonly works: Try;
  /** a name that nothing bears; null: it takes none */
  readonly unknown: Try | null;
  /** what cannot be done, or is not so */
  readonly refused: Try | null;
  /** does it ask the hub? */
  readonly asksHub: boolean;
  /** what a viewer may not do */
  readonly isAction: boolean;
};

const NO_PROCESS = /^nosuch: ERROR \(no such process\)$/m;
const NO_SUPERVISOR = /^multivisor: no such supervisor: nosuch; there are lid001$/m;

const noProcess = (...words: string[]): Try => ({ words, code: 1, says: NO_PROCESS });
const noSupervisor = (...words: string[]): Try => ({ words, code: 1, says: NO_SUPERVISOR });
/** The same words for both. */
const both = (words: string[], code: number, says: RegExp): Try => ({ words, code, says, ctl: words, sameText: true });

const ASKS = { asksHub: true, isAction: false } as const;
const ACTS = { asksHub: true, isAction: true } as const;
const ALONE = { asksHub: false, isAction: false } as const;

/**
 * Every command, in the order in which they are tried. The supervisord `lid001` has `up` and `cat`, which run, `off`, which
 * does not, and `nofile`, whose command is not there, `quiet` without a log, and `broken`, which is FATAL.
 */
export const EVERY_COMMAND: Readonly<Record<string, Row>> = {
  status: {
    ...ASKS,
    works: {
      words: ["status", "up"],
      code: 0,
      says: /^lid001:up:up +RUNNING +pid \d+, uptime /,
      ctl: ["status", "up"],
    },
    unknown: both(["status", "nosuch"], 4, NO_PROCESS),
    refused: { words: ["status", "off", "nosuch"], code: 3, says: /STOPPED/, ctl: ["status", "off", "nosuch"] },
  },
  start: {
    ...ACTS,
    works: both(["start", "off"], 0, /^lid001:off:off: started$/m),
    unknown: both(["start", "nosuch"], 1, NO_PROCESS),
    refused: both(["start", "nofile", "up"], 1, /^lid001:nofile:nofile: ERROR \(no such file\)$/m),
  },
  restart: {
    ...ACTS,
    works: { words: ["restart", "off"], code: 0, says: /^lid001:off:off: restarted$/m, ctl: ["restart", "off"] },
    unknown: { ...noProcess("restart", "nosuch"), ctl: ["restart", "nosuch"] },
    refused: { words: ["restart", "nosuch:*"], code: 2, says: /no such group/, ctl: ["restart", "nosuch:*"] },
  },
  stop: {
    ...ACTS,
    works: both(["stop", "off"], 0, /^lid001:off:off: stopped$/m),
    unknown: both(["stop", "nosuch"], 1, NO_PROCESS),
    refused: both(["stop", "off"], 0, /^lid001:off:off: ERROR \(not running\)$/m),
  },
  signal: {
    ...ACTS,
    works: both(["signal", "CONT", "up"], 0, /^lid001:up:up: signalled$/m),
    unknown: both(["signal", "CONT", "nosuch"], 1, NO_PROCESS),
    refused: both(["signal", "CONT", "off"], 7, /^lid001:off:off: ERROR \(not running\)$/m),
  },
  stdin: {
    ...ACTS,
    works: { words: ["stdin", "--text", "hello", "cat"], code: 0, says: /^lid001:cat:cat: sent$/m },
    unknown: noProcess("stdin", "--text", "hello", "nosuch"),
    refused: { words: ["stdin", "--text", "x", "off"], code: 1, says: /ERROR \(not running\)/ },
  },
  tail: {
    ...ASKS,
    works: { words: ["tail", "cat"], code: 0, says: /^hello$/m, ctl: ["tail", "cat"] },
    unknown: { ...noProcess("tail", "nosuch"), ctl: ["tail", "nosuch"] },
    refused: { words: ["tail", "quiet"], code: 1, says: /ERROR \(no log file\)/, ctl: ["tail", "quiet"] },
  },
  search: {
    ...ASKS,
    works: { words: ["search", "HELL", "cat", "-i"], code: 0, says: /^hello$/m },
    unknown: noProcess("search", "hello", "nosuch"),
    refused: { words: ["search", "farewell", "cat"], code: 1, says: /^$/ },
  },
  clear: {
    ...ACTS,
    works: both(["clear", "cat"], 0, /^lid001:cat:cat: cleared$/m),
    unknown: both(["clear", "nosuch"], 1, NO_PROCESS),
    refused: null,
  },
  maintail: {
    ...ASKS,
    works: { words: ["maintail", "lid001"], code: 0, says: /entered RUNNING state/, ctl: ["maintail"] },
    unknown: noSupervisor("maintail", "nosuch"),
    refused: null,
  },
  wait: {
    ...ASKS,
    works: { words: ["wait", "up"], code: 0, says: /RUNNING/ },
    unknown: noProcess("wait", "nosuch"),
    refused: {
      words: ["wait", "off", "--timeout", "100ms"],
      code: 4,
      says: /^not RUNNING after 100ms: lid001:off:off$/m,
    },
  },
  pid: {
    ...ASKS,
    works: { words: ["pid", "up"], code: 0, says: /^\d+$/m, ctl: ["pid", "up"] },
    unknown: { ...noProcess("pid", "nosuch"), ctl: ["pid", "nosuch"] },
    refused: both(["pid", "off"], 7, /^0$/m),
  },
  events: {
    ...ASKS,
    works: { words: ["events"], code: 130, says: /^$/, isEndless: true },
    unknown: null,
    refused: null,
  },
  history: {
    ...ASKS,
    works: { words: ["history", "off", "-n", "1"], code: 0, says: /^TIME .*\n.* lid001:off:off .*STOPPED/ },
    unknown: noProcess("history", "nosuch"),
    refused: { words: ["history", "-n", "0"], code: 2, says: /-n "0" is no number from 1 to 1000/ },
  },
  why: {
    ...ASKS,
    works: { words: ["why", "broken"], code: 0, says: /^lid001:broken:broken {2}FATAL {2}exit 1/ },
    unknown: noProcess("why", "nosuch"),
    refused: { words: ["why", "up"], code: 1, says: /nothing is known of a death/ },
  },
  uptime: {
    ...ASKS,
    works: { words: ["uptime", "up"], code: 0, says: /^KEY .*\nlid001:up:up / },
    unknown: noProcess("uptime", "nosuch"),
    refused: { words: ["uptime", "--by", "moon"], code: 2, says: /--by is one of process, group, supervisor/ },
  },
  supervisors: {
    ...ASKS,
    works: { words: ["supervisors"], code: 0, says: /^NAME .*\nlid001 +live / },
    unknown: noSupervisor("supervisors", "nosuch"),
    refused: null,
  },
  avail: {
    ...ASKS,
    works: { words: ["avail"], code: 0, says: /lid001:up:up +in use +auto/, ctl: ["avail"] },
    unknown: noSupervisor("avail", "nosuch"),
    refused: null,
  },
  reread: {
    ...ACTS,
    works: { words: ["reread"], code: 0, says: /^lid001: No config updates to processes$/m, ctl: ["reread"] },
    unknown: noSupervisor("reread", "nosuch"),
    refused: null,
  },
  update: {
    ...ACTS,
    works: { words: ["update", "all"], code: 0, says: /^lid001: No config updates to processes$/m, ctl: ["update"] },
    unknown: noSupervisor("update", "nosuch"),
    refused: { words: ["update", "lid001:nosuch"], code: 1, says: /no such group/, ctl: ["update", "nosuch"] },
  },
  remove: {
    ...ACTS,
    works: {
      words: ["remove", "lid001:off"],
      code: 0,
      says: /^lid001: off: removed process group$/m,
      ctl: ["remove", "off"],
    },
    unknown: noSupervisor("remove", "nosuch:x"),
    refused: { words: ["remove", "lid001:up"], code: 1, says: /still running/, ctl: ["remove", "up"] },
  },
  add: {
    ...ACTS,
    works: { words: ["add", "lid001:off"], code: 0, says: /^lid001: off: added process group$/m, ctl: ["add", "off"] },
    unknown: { words: ["add", "lid001:nosuch"], code: 1, says: /no such process or group/, ctl: ["add", "nosuch"] },
    refused: { words: ["add", "lid001:up"], code: 0, says: /already active/, ctl: ["add", "up"] },
  },
  "refresh-status": {
    ...ASKS,
    works: { words: ["refresh-status", "up"], code: 0, says: /^lid001:up:up +RUNNING/ },
    unknown: { ...noProcess("refresh-status", "nosuch"), code: 4 },
    refused: { words: ["refresh-status", "off"], code: 3, says: /STOPPED/ },
  },
  login: {
    ...ALONE,
    works: { words: ["login"], code: 0, says: /no login needed/ },
    unknown: null,
    refused: {
      words: ["login", "127.0.0.1:1"],
      code: 4,
      says: /^multivisor: http:\/\/127.0.0.1:1 refused connection$/m,
    },
  },
  logout: {
    ...ALONE,
    works: { words: ["logout"], code: 0, says: /logged out/ },
    unknown: null,
    refused: { words: ["logout", "x"], code: 2, says: /unexpected word "x"/ },
  },
  version: {
    ...ALONE,
    works: { words: ["version"], code: 0, says: /^\d+\.\d+\.\d+/ },
    unknown: null,
    refused: { words: ["version", "--jsno"], code: 2, says: /unknown option --jsno: did you mean --json\?/ },
  },
  completion: {
    ...ALONE,
    works: { words: ["completion", "bash"], code: 0, says: /completion --words --/ },
    unknown: null,
    refused: { words: ["completion", "csh"], code: 2, says: /for which shell\? bash, zsh, fish/ },
  },
  help: {
    ...ALONE,
    works: { words: ["help", "exit-codes"], code: 0, says: /130 +Ctrl-C/ },
    unknown: null,
    refused: { words: ["help", "restrat"], code: 2, says: /did you mean "restart"\?/ },
  },
  reload: {
    ...ACTS,
    works: { words: ["reload", "lid001"], code: 0, says: /^lid001: Restarted supervisord$/m },
    unknown: noSupervisor("reload", "nosuch"),
    refused: null,
  },
  shutdown: {
    ...ACTS,
    works: { words: ["shutdown", "lid001"], code: 0, says: /^lid001: Shut down$/m, isAfterRestart: true },
    unknown: noSupervisor("shutdown", "nosuch"),
    refused: null,
  },
};
