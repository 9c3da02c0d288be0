import { masked } from "../../lib/printable.ts";
import { cutToWidth, endOfWidth, widthOf } from "../output/width.ts";
import { before } from "./graphemes.ts";

/** The line that is being typed. */
export type TypedLine = {
  readonly prompt: string;
  readonly text: string;
  /** index of UTF-16 in `text` */
  readonly cursor: number;
  /** what is suggested to follow */
  readonly ghost: string;
};

export type Screen = {
  readonly start: () => void;
  /** the line to be shown at the cursor's place; null: a command has the terminal */
  readonly setLine: (line: TypedLine | null) => void;
  readonly setBar: (text: string) => void;
  /** whole lines, above the line that is being typed */
  readonly print: (lines: readonly string[]) => void;
  readonly clear: () => void;
  readonly resized: () => void;
  /** gives the terminal back as it was */
  readonly end: () => void;
};

const LEAST_ROWS = 5;
/** For what is typed, on a terminal that is narrower than the prompt. */
const LEAST_ROOM = 8;
/** What is pasted comes marked as such (`paste-start`, `paste-end`): none of its line breaks is an Enter. */
const [PASTE_ON, PASTE_OFF] = ["\x1b[?2004h", "\x1b[?2004l"];

/**
 * The terminal: everything scrolls above its last row, which is the bar. The line that is typed takes one row, however
 * long it is; so nothing has to be known of how a terminal wraps.
 */
export function createScreen(
  write: (text: string) => void,
  size: () => { readonly rows: number; readonly columns: number },
): Screen {
  let line: TypedLine | null = null;
  let bar = "";
  let offset = 0;
  let isOn = false;
  const hasBar = () => size().rows >= LEAST_ROWS;

  const barText = () => {
    const { rows, columns } = size();
    if (!isOn || !hasBar()) return "";
    const text = cutToWidth(` ${bar}`, columns);
    const fill = " ".repeat(Math.max(0, columns - widthOf(text)));
    return `\x1b7\x1b[${rows};1H\x1b[0;7m${text}${fill}\x1b[0m\x1b8`;
  };
  const lineText = () => {
    if (line === null) return "";
    const { text, cursor, ghost } = line;
    const { columns } = size();
    const prompt = endOfWidth(line.prompt, Math.max(1, columns - LEAST_ROOM));
    const room = Math.max(1, columns - widthOf(prompt) - 1);
    offset = firstShown(text, cursor, offset, room - 1);
    const visible = cutToWidth(masked(text.slice(offset)), room);
    const rest = cutToWidth(cursor === text.length ? masked(ghost) : "", room - widthOf(visible));
    const at = widthOf(prompt) + widthOf(masked(text.slice(offset, cursor)));
    const grey = rest === "" ? "" : `\x1b[2m${rest}\x1b[0m`;
    return `\r\x1b[K${prompt}${visible}${grey}\r${at > 0 ? `\x1b[${at}C` : ""}`;
  };
  /** The cursor must not stand in the row that becomes the bar's. Setting the region moves it: it is put back. */
  const region = () => (hasBar() ? `\n\x1b[A\x1b7\x1b[1;${size().rows - 1}r\x1b8` : "");

  return {
    start() {
      isOn = true;
      write(`${PASTE_ON}\x1b7\x1b[r\x1b8${region()}${barText()}${lineText()}`);
    },
    setLine(next) {
      if (next === null && line !== null) write(lineText());
      line = next;
      if (next === null) offset = 0;
      write(lineText());
    },
    setBar(text) {
      if (text === bar) return;
      bar = text;
      write(barText());
    },
    print(lines) {
      if (lines.length > 0) write(`${line === null ? "" : "\r\x1b[K"}${lines.join("\n")}\n${lineText()}`);
    },
    clear: () => write(`\x1b[2J\x1b[H${barText()}${lineText()}`),
    resized() {
      // What is below is the old bar, wherever it is now.
      if (isOn) write(`\x1b7\x1b[r\x1b8${line === null ? "" : "\r"}\x1b[J${region()}${barText()}${lineText()}`);
    },
    end() {
      if (!isOn) return;
      isOn = false;
      write(`${PASTE_OFF}\x1b7\x1b[r\x1b8\x1b[J`);
    },
  };
}

/** Where the part that is shown begins: as before, unless the cursor would not be seen. @param room left of the cursor */
function firstShown(text: string, cursor: number, offset: number, room: number): number {
  const fits = (from: number) =>
    from <= cursor && cursor - from <= room * 16 && widthOf(masked(text.slice(from, cursor))) <= room;
  if (fits(0)) return 0;
  if (fits(offset)) return offset;
  let start = cursor;
  for (let width = 0; start > 0; ) {
    const next = before(text, start);
    width += widthOf(masked(text.slice(next, start)));
    if (width > room) break;
    start = next;
  }
  return start;
}
