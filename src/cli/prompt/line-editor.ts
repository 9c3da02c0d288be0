import { after, before } from "./graphemes.ts";
import { findInHistory, suggestion } from "./line-history.ts";

/** node:readline's key. */
export type Key = {
  readonly name?: string | undefined;
  readonly sequence?: string | undefined;
  readonly ctrl?: boolean;
  readonly meta?: boolean;
};

export type Editor = {
  readonly text: string;
  /** index of UTF-16 */
  readonly cursor: number;
  /** what Ctrl-W, U, K took away */
  readonly cut: string;
  /** how far back in the history, 0: the line being typed, which is in `draft` */
  readonly back: number;
  readonly draft: string;
  /** Ctrl-R: what is looked for, and where in the history it was found; -1: nowhere */
  readonly search: { readonly query: string; readonly at: number } | null;
  /** between the marks of a paste: whatever comes is text, a line break too */
  readonly isPasting: boolean;
};

export type Wish = "submit" | "complete" | "interrupt" | "end" | "refresh" | "clear" | "suspend" | null;

export type Edited = { readonly editor: Editor; readonly wish: Wish };

export const EMPTY: Editor = { text: "", cursor: 0, cut: "", back: 0, draft: "", search: null, isPasting: false };

export const withText = (editor: Editor, text: string, cursor = text.length): Editor => ({ ...editor, text, cursor });

/** One key. @param history oldest first */
export function edit(editor: Editor, key: Key, history: readonly string[]): Edited {
  if (editor.isPasting || key.name === "paste-start") return { editor: editPaste(editor, key), wish: null };
  if (editor.search !== null) return editSearch(editor, editor.search, key, history);
  const wish = wishOf(editor, key);
  if (wish !== null) return { editor, wish };
  return { editor: editText(editor, key, history), wish: null };
}

/** Several lines become one, with line breaks that Enter runs one after the other; the last one is no Enter. */
function editPaste(editor: Editor, { name, sequence = "" }: Key): Editor {
  if (name === "paste-start") return { ...editor, isPasting: true, search: null };
  const head = editor.text.slice(0, editor.cursor);
  if (name === "paste-end") {
    const whole = head.trimEnd();
    const kept = head.endsWith("\n") ? whole : head;
    return { ...withText(editor, kept + editor.text.slice(editor.cursor), kept.length), isPasting: false };
  }
  if (name === "return" || name === "enter") return head === "" || head.endsWith("\n") ? editor : insert(editor, "\n");
  return insert(editor, name === "tab" ? " " : sequence.replaceAll(/[\u0000-\u001f\u007f]/g, ""));
}

function wishOf({ text }: Editor, { name, ctrl }: Key): Wish {
  if (name === "return" || name === "enter") return "submit";
  if (name === "tab") return "complete";
  if (name === "f5") return "refresh";
  if (ctrl !== true) return null;
  if (name === "c") return "interrupt";
  if (name === "d" && text === "") return "end";
  if (name === "l") return "clear";
  return name === "z" ? "suspend" : null;
}

function editText(editor: Editor, key: Key, history: readonly string[]): Editor {
  const { name = "", ctrl = false, meta = false, sequence = "" } = key;
  const chord = `${ctrl ? "C-" : ""}${meta ? "M-" : ""}${name}`;
  const act = CHORDS[chord];
  if (act !== undefined) return act(editor, history);
  // Escape sequences that nobody knows, and control characters, are no text.
  const isText = !ctrl && !meta && sequence !== "" && !/[\u0000-\u001f\u007f]/.test(sequence);
  return isText ? insert(editor, sequence) : editor;
}

export const insert = (editor: Editor, text: string): Editor => ({
  ...editor,
  text: editor.text.slice(0, editor.cursor) + text + editor.text.slice(editor.cursor),
  cursor: editor.cursor + text.length,
});

const wordLeft = ({ text, cursor }: Editor): number => text.slice(0, cursor).search(/[^\s:]*[\s:]*$/);

const wordRight = ({ text, cursor }: Editor): number =>
  cursor + (/^[\s:]*[^\s:]*/.exec(text.slice(cursor))?.[0].length ?? 0);

const move = (editor: Editor, cursor: number): Editor => ({ ...editor, cursor });

const remove = (editor: Editor, from: number, to: number, keep: boolean): Editor => ({
  ...editor,
  text: editor.text.slice(0, from) + editor.text.slice(to),
  cursor: from,
  cut: keep ? editor.text.slice(from, to) : editor.cut,
});

/** At the end of the line, right takes what is suggested. */
function right(editor: Editor, history: readonly string[]): Editor {
  if (editor.cursor < editor.text.length) return move(editor, after(editor.text, editor.cursor));
  return accept(editor, history);
}

const accept = (editor: Editor, history: readonly string[]): Editor =>
  withText(editor, editor.text + suggestion(editor.text, history));

const end = (editor: Editor, history: readonly string[]): Editor =>
  editor.cursor < editor.text.length ? move(editor, editor.text.length) : accept(editor, history);

function walk(editor: Editor, by: number, history: readonly string[]): Editor {
  const back = Math.max(0, Math.min(history.length, editor.back + by));
  if (back === editor.back) return editor;
  const draft = editor.back === 0 ? editor.text : editor.draft;
  return { ...withText(editor, back === 0 ? draft : (history[history.length - back] ?? "")), back, draft };
}

type Act = (editor: Editor, history: readonly string[]) => Editor;

const CHORDS: Readonly<Record<string, Act | undefined>> = {
  left: (e) => move(e, before(e.text, e.cursor)),
  "C-b": (e) => move(e, before(e.text, e.cursor)),
  right,
  "C-f": right,
  home: (e) => move(e, 0),
  "C-a": (e) => move(e, 0),
  end,
  "C-e": end,
  "M-b": (e) => move(e, wordLeft(e)),
  "C-left": (e) => move(e, wordLeft(e)),
  "M-f": (e) => move(e, wordRight(e)),
  "C-right": (e) => move(e, wordRight(e)),
  backspace: (e) => remove(e, before(e.text, e.cursor), e.cursor, false),
  "C-h": (e) => remove(e, before(e.text, e.cursor), e.cursor, false),
  delete: (e) => remove(e, e.cursor, after(e.text, e.cursor), false),
  "C-d": (e) => remove(e, e.cursor, after(e.text, e.cursor), false),
  "C-w": (e) => remove(e, wordLeft(e), e.cursor, true),
  "M-backspace": (e) => remove(e, wordLeft(e), e.cursor, true),
  "M-d": (e) => ({ ...remove(e, e.cursor, wordRight(e), true) }),
  "C-u": (e) => remove(e, 0, e.cursor, true),
  "C-k": (e) => remove(e, e.cursor, e.text.length, true),
  "C-y": (e) => insert(e, e.cut),
  up: (e, history) => walk(e, 1, history),
  "C-p": (e, history) => walk(e, 1, history),
  down: (e, history) => walk(e, -1, history),
  "C-n": (e, history) => walk(e, -1, history),
  "C-r": (e) => ({ ...e, search: { query: "", at: -1 } }),
};

type Search = NonNullable<Editor["search"]>;

function editSearch(editor: Editor, search: Search, key: Key, history: readonly string[]): Edited {
  const found = history[search.at];
  const taken: Editor =
    found === undefined ? { ...editor, search: null } : { ...withText(editor, found), search: null };
  const { name, ctrl, sequence = "" } = key;
  if (ctrl === true && (name === "c" || name === "g")) return { editor: { ...editor, search: null }, wish: null };
  if (name === "escape") return { editor: taken, wish: null };
  if (name === "return" || name === "enter") return { editor: taken, wish: "submit" };
  if (ctrl === true && name === "r") {
    const at = findInHistory(history, search.query, search.at < 0 ? history.length : search.at);
    return { editor: { ...editor, search: at < 0 ? search : { ...search, at } }, wish: null };
  }
  const query = queryAfter(search.query, name, sequence, ctrl === true);
  if (query === null) return edit(taken, key, history);
  return { editor: { ...editor, search: { query, at: findInHistory(history, query, history.length) } }, wish: null };
}

/** @returns null where the key ends the search and then does what it always does */
function queryAfter(query: string, name: string | undefined, sequence: string, ctrl: boolean): string | null {
  if (name === "backspace") return query.slice(0, before(query, query.length));
  return ctrl || sequence === "" || /[\u0000-\u001f\u007f]/.test(sequence) ? null : query + sequence;
}
