import { formatAge } from "../age.ts";
import { hubNow } from "./hub-clock.ts";

const ages = document.getElementsByClassName("age") as HTMLCollectionOf<HTMLElement>;

/** Writes only what reads differently. */
export function tickAges(): void {
  const now = hubNow();
  for (const element of ages) {
    const since = element.dataset.since;
    if (since === undefined) continue;
    const text = formatAge(now - Number(since));
    const node = element.firstChild;
    if (node !== null && node.nodeValue !== text) node.nodeValue = text;
  }
}
