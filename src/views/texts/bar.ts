import { numberText } from "./number-text.ts";

/** What the frame around every page says. */
export const barTexts = {
  pages: {
    label: "Pages",
    groups: "Groups",
    supervisors: "Supervisors",
    processes: "Processes",
    history: "History",
    audit: "Audit",
  },
  withKey: (words: string, key: string) => `${words} (${key})`,
  filter: "Filter: name, state:fatal, host:web*",
  filterLabel: "Filter processes",
  filterSupervisors: "Filter: name, state:down",
  filterSupervisorsLabel: "Filter supervisors",
  completions: "Completions",
  counts: {
    running: "running",
    bad: "fatal or exited unexpectedly",
    backoff: "in backoff",
    moving: "starting or stopping",
    stopped: "stopped",
    unknown: "unknown",
  },
  counted: (count: number, what: string) => `${numberText(count)} ${what}`,
  groups: (count: number) => (count === 1 ? "group" : "groups"),
  groupsTitle: (count: number) => `${numberText(count)} ${count === 1 ? "group" : "groups"} of processes`,
  hosts: (count: number) => (count === 1 ? "host" : "hosts"),
  hostsTitle: (live: number, count: number) =>
    `${numberText(live)} of ${numberText(count)} supervisors are reached${live < count ? `, ${numberText(count - live)} are not` : ""}`,
  openToAll: "Open to all: no login, on an address that others can reach",
  notifications: "Notifications",
  palette: "Go to, or do (Ctrl K)",
  keys: "Keys (?)",
  themes: { system: "Colours: as the system", light: "Colours: light", dark: "Colours: dark" },
  logOut: (user: string) => `Log out ${user}`,
  stream: { connecting: "Connecting", live: "Live", lost: "Lost" },
  streamAged: (state: string, age: string) => `${state}, ${age}`,
  streamTitle: "How long ago the hub was last heard of",
  lost: "Connection to the hub lost",
  lostAge: (age: string) => `, values as of ${age} ago`,
  withoutScripts:
    'Without scripts this page shows the moment it was loaded. To act open a process, or "Act on all" of a group, of a supervisor, or of what a filter finds.',
  historyProblem: (why: string) => `History is not being written: ${why}`,
} as const;
