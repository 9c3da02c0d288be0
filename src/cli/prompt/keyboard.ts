import { emitKeypressEvents } from "node:readline";
import type { Key } from "./line-editor.ts";

export type Keyboard = {
  /** every key goes to the listener, Ctrl-C too */
  readonly take: () => void;
  /** gives the terminal back: another program may read it */
  readonly release: () => void;
};

/** @param onEnd the terminal has gone */
export function createKeyboard(onKey: (key: Key) => void, onEnd: () => void): Keyboard {
  const { stdin } = process;
  let isOurs = false;
  emitKeypressEvents(stdin);
  for (const event of ["end", "close", "error"]) stdin.on(event, onEnd);
  stdin.on("keypress", (text: string | undefined, key: Key | undefined) => {
    if (isOurs) onKey({ ...key, sequence: key?.sequence ?? text });
  });
  return {
    take() {
      isOurs = true;
      stdin.setRawMode(true);
      stdin.resume();
    },
    release() {
      isOurs = false;
      stdin.pause();
      stdin.setRawMode(false);
    },
  };
}
