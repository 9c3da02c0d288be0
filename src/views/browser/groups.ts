import { tickAges } from "./ages.ts";
import { startFilterBox } from "./filter-box.ts";
import { showSelection } from "./selection.ts";

/** Cards that hold a part of a large fleet are not filtered here: the box leads to the list of processes. */
const isPart = (): boolean => document.querySelector("#cards [data-part]") !== null;

/** The cards of the groups. @returns what to do after each update */
export function startGroups(): () => void {
  const began = isPart();
  const apply = began ? showSelection : startFilterBox(showSelection).apply;
  return () => {
    // The fleet has grown, or shrunk, so far that it is another page.
    if (isPart() !== began) location.reload();
    apply();
    tickAges();
  };
}
