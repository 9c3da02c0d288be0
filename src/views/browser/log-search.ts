const MOST_FOUND = 2_000;

/** Marks what is sought without touching the text: it goes on changing underneath. */
export function createLogSearch(place: HTMLElement, output: HTMLElement) {
  let found: Range[] = [];
  let at = -1;
  let sought = "";

  const paint = (name: string, ranges: readonly Range[]) => {
    if (!("highlights" in CSS)) return;
    if (ranges.length === 0) CSS.highlights.delete(name);
    else CSS.highlights.set(name, new Highlight(...ranges));
  };
  const show = () => {
    paint("found", found);
    const current = found[at];
    paint("current", current === undefined ? [] : [current]);
    const more = found.length === MOST_FOUND ? "+" : "";
    output.textContent = sought === "" ? "" : at < 0 ? `${found.length}${more}` : `${at + 1} of ${found.length}${more}`;
  };
  const collect = () => {
    found = [];
    if (sought === "") return;
    const walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null && found.length < MOST_FOUND; node = walker.nextNode()) {
      const text = (node.nodeValue ?? "").toLowerCase();
      for (let i = text.indexOf(sought); i >= 0 && found.length < MOST_FOUND; i = text.indexOf(sought, i + 1)) {
        const range = document.createRange();
        range.setStart(node, i);
        range.setEnd(node, i + sought.length);
        found.push(range);
      }
    }
  };
  const search = () => {
    collect();
    show();
  };
  return {
    seek(text: string) {
      sought = text.toLowerCase();
      at = -1;
      search();
    },
    refresh() {
      if (sought !== "") search();
    },
    /** @returns whether there was one to go to */
    step(by: 1 | -1): boolean {
      if (found.length === 0) return false;
      at = at < 0 ? (by === 1 ? 0 : found.length - 1) : (at + by + found.length) % found.length;
      found[at]?.startContainer.parentElement?.scrollIntoView({ block: "nearest" });
      const box = found[at]?.getBoundingClientRect();
      const frame = place.getBoundingClientRect();
      if (box !== undefined && (box.top < frame.top || box.bottom > frame.bottom))
        place.scrollTop += box.top - frame.top - frame.height / 3;
      show();
      return true;
    },
  };
}
