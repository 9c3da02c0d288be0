import type { Names } from "../complete.ts";
import { choiceLines, completeLine } from "./complete-line.ts";
import { type Editor, EMPTY, edit, type Key, type Wish, withText } from "./line-editor.ts";
import { suggestion } from "./line-history.ts";
import type { Screen } from "./screen.ts";

export type Answer = {
  readonly kind: "line" | "interrupt" | "end" | "refresh";
  readonly text: string;
};

export type ReadOptions = {
  readonly prompt: string;
  /** a password: nothing is shown, nothing suggested */
  readonly isSecret?: boolean;
  /** a command: with history and completion */
  readonly isCommand?: boolean;
  /** what stands there already */
  readonly text?: string;
};

export type Reader = {
  readonly key: (key: Key) => void;
  readonly read: (options: ReadOptions) => Promise<Answer>;
  /** ends a reading from outside */
  readonly close: () => void;
};

type Deps = {
  readonly screen: Screen;
  readonly history: () => readonly string[];
  readonly names: () => Names;
  readonly columns: () => number;
  /** Ctrl-C while nothing is read */
  readonly onInterrupt: () => void;
  readonly onSuspend: () => void;
};

/** Reads lines; what is typed while a command runs comes when it has ended. */
export function createReader(deps: Deps): Reader {
  const { screen, history } = deps;
  let reading: { options: ReadOptions; resolve: (answer: Answer) => void } | null = null;
  let editor: Editor = EMPTY;
  let early: Key[] = [];
  let isClosed = false;

  const entries = () => (reading?.options.isCommand === true ? history() : []);
  const show = () => {
    if (reading !== null) screen.setLine(lineOf(reading.options, editor, entries()));
  };
  const finish = (kind: Answer["kind"]) => {
    const answered = reading;
    if (answered === null) return;
    // What is suggested and not taken is no part of the line.
    const text = shownText(answered.options, editor);
    screen.setLine({ prompt: answered.options.prompt, text, cursor: text.length, ghost: "" });
    reading = null;
    screen.setLine(null);
    if (kind !== "refresh") screen.print([kind === "interrupt" ? "^C" : ""]);
    answered.resolve({ kind, text: editor.text });
  };
  const complete = async () => {
    const { text, cursor } = editor;
    const completed = await completeLine(text, cursor, deps.names());
    if (editor.text !== text || editor.cursor !== cursor) return; // typed on meanwhile
    if (completed.text !== text) editor = withText(editor, completed.text, completed.cursor);
    else screen.print(completed.choices.length > 0 ? choiceLines(completed.choices, deps.columns()) : []);
    show();
  };
  const grant = (wish: Wish): void => {
    if (wish === "submit") finish("line");
    else if (wish === "interrupt") finish("interrupt");
    else if (wish === "end") finish("end");
    else if (wish === "refresh" && reading?.options.isCommand) finish("refresh");
    else if (wish === "clear") screen.clear();
    else if (wish === "suspend") deps.onSuspend();
    else if (wish === "complete" && reading?.options.isCommand) void complete();
  };
  const key = (one: Key) => {
    if (reading === null) {
      // As a terminal does it: Ctrl-C forgets what was typed ahead.
      const isInterrupt = one.ctrl === true && one.name === "c";
      if (isInterrupt) early = [];
      if (isInterrupt) deps.onInterrupt();
      else early.push(one);
      return;
    }
    const edited = edit(editor, one, entries());
    editor = edited.editor;
    if (editor.isPasting) return; // shown as a whole
    if (edited.wish === null) show();
    else grant(edited.wish);
  };
  return {
    key,
    read: (options) =>
      new Promise((resolve) => {
        reading = { options, resolve };
        editor = withText(EMPTY, options.text ?? "");
        show();
        const keys = early;
        early = [];
        for (const one of keys) key(one);
        if (isClosed) finish("end");
      }),
    close() {
      isClosed = true;
      finish("end");
    },
  };
}

const shownText = ({ isSecret }: ReadOptions, { text }: Editor): string => (isSecret === true ? "" : text);

function lineOf(options: ReadOptions, editor: Editor, entries: readonly string[]) {
  const { text, cursor, search } = editor;
  if (search !== null) {
    const found = entries[search.at] ?? "";
    const at = found.toLowerCase().indexOf(search.query.toLowerCase());
    return { prompt: `(search "${search.query}") `, text: found, cursor: Math.max(0, at), ghost: "" };
  }
  if (options.isSecret === true) return { prompt: options.prompt, text: "", cursor: 0, ghost: "" };
  return { prompt: options.prompt, text, cursor, ghost: suggestion(text, entries) };
}
