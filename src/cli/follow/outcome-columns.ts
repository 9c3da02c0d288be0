import { colourOfState } from "../output/colours.ts";
import type { Column } from "../output/table.ts";
import type { Outcome } from "./outcome.ts";

export const OUTCOME_COLUMNS: readonly Column<Outcome>[] = [
  { title: "UID", value: ({ uid }) => uid },
  { title: "OK", value: ({ ok }) => String(ok) },
  { title: "STATE", value: ({ state }) => state ?? "", colour: ({ state }) => colourOfState(state ?? "") },
  { title: "CODE", value: ({ code }) => code ?? "" },
  { title: "MESSAGE", value: ({ message }) => message ?? "" },
];
