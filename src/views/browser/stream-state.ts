import { formatAge } from "../age.ts";
import { barTexts as texts } from "../texts/bar.ts";
import { byId } from "./page.ts";
import type { PageLink } from "./stream.ts";

/** A hub that is back at once is no news. */
const BANNER_AFTER_MS = 1_500;

/** Live, or lost and how old the values are; the style sheet greys what is not vouched for. */
export function showStreamState(link: PageLink): void {
  const state = link.state();
  const root = document.documentElement;
  const silentMs = performance.now() - link.heardMs();
  const age = formatAge(silentMs);
  if (root.dataset.stream !== state) root.dataset.stream = state;
  const words = texts.stream[state];
  byId("live-text").textContent = state === "connecting" ? words : texts.streamAged(words, age);
  showBanner(state === "lost" && silentMs > BANNER_AFTER_MS, age);
}

function showBanner(shown: boolean, age: string): void {
  const banner = byId("lost");
  const words = byId("lost-words");
  byId("lost-age").textContent = texts.lostAge(age);
  if (banner.hidden !== shown) return;
  banner.hidden = !shown;
  // Said aloud once, not with every second.
  words.textContent = shown ? texts.lost : "";
}
