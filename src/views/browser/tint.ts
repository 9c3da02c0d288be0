const still = matchMedia("(prefers-reduced-motion: reduce)");

function tint(row: HTMLElement): void {
  if (still.matches || document.hidden) return;
  const color = getComputedStyle(row).getPropertyValue("--tint");
  // One keyframe: it fades into whatever the row is by then, selected or under the pointer.
  row.animate([{ backgroundColor: color, offset: 0 }], { duration: 600, easing: "ease-out" });
}

/** Tints a row whose state changed, whatever update brought it. @param onState what else a new state ends */
export function startTint(onState: (row: HTMLElement) => void): void {
  const observer = new MutationObserver((mutations) => {
    for (const { target } of mutations) {
      if (!(target instanceof HTMLElement)) continue;
      tint(target);
      onState(target);
    }
  });
  const cards = document.getElementById("cards");
  if (cards !== null) observer.observe(cards, { subtree: true, attributeFilter: ["data-state"] });
}
