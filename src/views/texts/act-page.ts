import { numberText } from "./number-text.ts";

/** What the pages say on which several are acted on without scripts. */
export const actPageTexts = {
  title: (processes: string, where: string) => `Act on ${processes} ${where}`,
  all: "Act on all",
  allOf: (what: string) => `Act on all: ${what}`,
  matches: (count: number) =>
    count === 1 ? "Act on the one that matches" : `Act on the ${numberText(count)} that match`,
  matching: (filter: string) => `What matches ${filter}`,
  cancel: "Cancel",
  lookAgain: "Look again",
  nobody: "Nothing to act on",
  nobodyText: "No process is like that now; agents are left alone.",
  tooMany: "Too many at once",
  tooManyText: (count: number, most: number) =>
    `${numberText(count)} processes match, and a page without scripts takes ${numberText(most)}. Narrow it by a filter on the list of processes.`,
  unclear: "Not done",
  unclearText: "Nothing was ticked, or nothing was said of what to do. Go back and choose.",
  nothingSaid: "The link names neither a group nor a supervisor, nor a filter that says something.",
  forgotten: "Not known any more",
  forgottenText:
    "The hub keeps the latest 1,000 actions until it is started anew. The history tells what became of each process.",
  history: "History",
} as const;
