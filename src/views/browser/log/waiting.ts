import type { Source } from "./sources.ts";

/** Waiting text beyond this is passed over: nobody reads it, and the tab must not drown. */
const MOST_WAITING = 2 * 1_024 * 1_024;

export type Piece = { readonly source: Source; readonly text: string };

/** Text between the stream and the screen: shown once a frame, joined where it is of the same log. */
export function createWaiting(to: {
  readonly show: (pieces: readonly Piece[]) => void;
  readonly onPassedOver: (lines: number) => void;
}) {
  let pieces: { source: Source; text: string }[] = [];
  let length = 0;
  let frame = 0;

  const flush = () => {
    cancelAnimationFrame(frame);
    frame = 0;
    const some = pieces;
    pieces = [];
    length = 0;
    if (some.length > 0) to.show(some);
  };
  const passOver = () => {
    let lines = 0;
    while (length > MOST_WAITING / 2 && pieces.length > 1) {
      const first = pieces.shift();
      length -= first?.text.length ?? 0;
      lines += (first?.text.split("\n").length ?? 1) - 1;
    }
    to.onPassedOver(lines);
  };
  return {
    add(source: Source, text: string) {
      const last = pieces.at(-1);
      if (last?.source === source && last.text.length < MOST_WAITING / 8) last.text += text;
      else pieces.push({ source, text });
      length += text.length;
      if (length > MOST_WAITING) passOver();
      if (frame === 0 && !document.hidden) frame = requestAnimationFrame(flush);
    },
    flush,
    clear() {
      pieces = [];
      length = 0;
    },
  };
}
