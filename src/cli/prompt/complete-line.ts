import { candidates, type Names } from "../complete.ts";
import { fit, padTo, widthOf } from "../output/width.ts";
import { commonPrefix, fuzzy } from "./fuzzy.ts";
import { quoted, splitLine } from "./split-words.ts";

export type Completed = {
  readonly text: string;
  readonly cursor: number;
  /** more than one is possible: to be shown */
  readonly choices: readonly string[];
};

/** Tab: what stands before the cursor made longer, as far as it is clear what is meant. */
export async function completeLine(text: string, cursor: number, names: Names): Promise<Completed> {
  const head = text.slice(0, cursor);
  const { stages } = splitLine(head);
  const words = stages.at(-1) ?? [];
  const isNew = head === "" || /[\s|]$/.test(head);
  const typed = isNew ? "" : (words.at(-1)?.text ?? "");
  const start = isNew ? cursor : (words.at(-1)?.start ?? cursor);
  const before = (isNew ? words : words.slice(0, -1)).map((word) => word.text);
  const all = stages.length > 1 ? [] : await candidates([...before, typed], async () => names);
  const found = all.filter((one) => !NOT_HERE.has(one));
  const choices = [...new Set(fuzzy(typed, before.length === 0 ? [...found, "exit"] : found))];
  const nothing = { text, cursor, choices: [] };
  if (choices.length === 0) return nothing;
  const [only = ""] = choices;
  const common = choices.length === 1 ? only : commonPrefix(choices);
  const goesOn = common.toLowerCase().startsWith(typed.toLowerCase());
  const isLonger = choices.length === 1 || (goesOn && common.length > typed.length);
  if (!isLonger) return { text, cursor, choices };
  const put = head.slice(0, start) + quoted(common) + (choices.length === 1 ? " " : "");
  return { text: put + text.slice(cursor), cursor: put.length, choices: choices.length === 1 ? [] : choices };
}

/** Which hub is asked, and as whom, is settled before; `login` changes it. */
const NOT_HERE: ReadonlySet<string> = new Set(["--url", "--token-file"]);

const MOST_SHOWN = 60;

/** Choices side by side, as many as fit. */
export function choiceLines(choices: readonly string[], columns: number): string[] {
  const shown = choices.slice(0, MOST_SHOWN);
  const width = Math.max(...shown.map((choice) => widthOf(choice))) + 2;
  const across = Math.max(1, Math.floor(columns / width));
  const lines: string[] = [];
  for (let i = 0; i < shown.length; i += across) {
    const row = shown.slice(i, i + across).map((choice) => padTo(choice, width));
    lines.push(fit(row.join("").trimEnd(), columns));
  }
  return choices.length > shown.length ? [...lines, `… and ${choices.length - shown.length} more`] : lines;
}
