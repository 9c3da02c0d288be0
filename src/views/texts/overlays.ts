import { numberText } from "./number-text.ts";

/** What lies over the page. */
export const overlayTexts = {
  cancel: "Cancel",
  close: "Close",
  clear: "Clear",
  dismiss: "Dismiss",
  selection: "Selection",
  clearSelection: "Clear selection",
  selectedCount: (n: number) => `${numberText(n)} selected`,
  selectAll: (n: number) => `All ${numberText(n)} that match`,
  allSelected: (filter: string) => (filter.trim() === "" ? "all of the fleet" : `all that match ${filter}`),
  selected: (where: string, hidden: number) =>
    hidden > 0 ? `${where}, ${numberText(hidden)} hidden by the filter` : where,
  keys: "Keys",
  keyMeanings: [
    ["/", "Filter"],
    ["Ctrl K", "Go to any process, group or supervisor; do something to it"],
    ["g g, g s, g p, g h", "Groups, supervisors, processes, history"],
    ["j, k", "Next and previous line"],
    ["Enter", "Open the line"],
    ["x", "Select the line"],
    ["Shift click", "Select from the last one to this one"],
    ["r, s", "Restart, stop what is selected, or the line; asks first", "acting"],
    ["l", "Log of the line"],
    ["f, w, G", "In a log: follow, wrap, to the end"],
    ["n, N", "In a log: match before, match after"],
    ["Esc", "Clear the selection or the filter"],
  ],
} as const;

/** What the browser says when the hub does not answer as it should. */
export const answerTexts = {
  noHub: "the hub cannot be reached; whether it was done is not known",
  noId: "the hub gave the action no name",
  ended: "the session has ended, log in again",
  notAllowed: "not allowed",
  failed: (status: number) => `the hub failed (${status})`,
  answered: (status: number) => `the hub answered ${status}`,
  none: "no answer",
} as const;

/** What the filter box says. */
export const filterTexts = {
  matches: (count: number, of: number) => `${numberText(count)} of ${numberText(of)}`,
  state: "as it is now",
  group: "name of a group",
  host: "name of a supervisor",
  name: "name of a process",
} as const;
