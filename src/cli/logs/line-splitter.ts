/** What is no line after this many characters is printed in pieces. */
const MOST_CHARACTERS = 64 * 1_024;

export type LineSplitter = {
  /** @returns the lines that are whole now */
  readonly push: (bytes: Uint8Array) => string[];
  /** what is left without a line break */
  readonly rest: () => string[];
};

/** Lines of UTF-8 out of pieces that may end anywhere, within a character too. */
export function createLineSplitter(): LineSplitter {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  let open = "";
  return {
    push(bytes) {
      const lines = (open + decoder.decode(bytes, { stream: true })).split("\n");
      open = lines.pop() ?? "";
      if (open.length <= MOST_CHARACTERS) return lines;
      const piece = open;
      open = "";
      return [...lines, piece];
    },
    rest() {
      const last = open + decoder.decode();
      open = "";
      return last === "" ? [] : [last];
    },
  };
}
