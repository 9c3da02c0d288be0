/** Pages that say one thing. */
export const messageTexts = {
  notFound: "Not found",
  notPermitted: "Not permitted",
  failed: "That did not work",
  nothingHere: "There is nothing at this address.",
  noProcess: (uid: string) => `No process ${uid}`,
  processGone: "It is in no supervisord's configuration now: removed, renamed, or never there.",
  noSupervisor: (name: string) => `No supervisor ${name}`,
  supervisorGone: "The hub's configuration has no such section.",
  itsHistory: "What the history knows of it",
  toGroups: "To the groups",
} as const;

/** The login. */
export const loginTexts = {
  title: (fleet: string) => `Log in to ${fleet}`,
  user: "User name",
  password: "Password",
  logIn: "Log in",
  noHub: "The hub cannot be reached.",
  answered: (status: number) => `The hub answered ${status}.`,
} as const;
