const still = matchMedia("(prefers-reduced-motion: reduce)");

/** More at once is no longer news of a row, and would cost what the update has to spend. */
const MOST_AT_ONCE = 40;

function tint(row: HTMLElement): void {
  // One keyframe: it fades into whatever the row is by then, selected or under the pointer.
  row.animate([{ backgroundColor: "var(--tint)", offset: 0 }], { duration: 600, easing: "ease-out" });
}

/** Tints a row whose state changed, whatever update brought it. @param onState what else a new state ends */
export function startTint(onState: (row: HTMLElement) => void): void {
  const observer = new MutationObserver((mutations) => {
    const rows = new Set(mutations.map(({ target }) => target).filter((target) => target instanceof HTMLElement));
    const tinted = rows.size <= MOST_AT_ONCE && !still.matches && !document.hidden;
    for (const row of rows) {
      if (tinted) tint(row);
      onState(row);
    }
  });
  const cards = document.getElementById("cards") ?? document.getElementById("rows");
  if (cards !== null) observer.observe(cards, { subtree: true, attributeFilter: ["data-state"] });
}
