import { formatAge } from "../age.ts";
import { byId } from "./page.ts";
import type { PageLink, StreamState } from "./stream.ts";

/** A hub that is back at once is no news. */
const BANNER_AFTER_MS = 1_500;

const WORDS: Readonly<Record<StreamState, string>> = { connecting: "Connecting", live: "Live", lost: "Lost" };

/** Live, or lost and how old the values are; the style sheet greys what is not vouched for. */
export function showStreamState(link: PageLink): void {
  const state = link.state();
  const root = document.documentElement;
  const silentMs = performance.now() - link.heardMs();
  const age = formatAge(silentMs);
  if (root.dataset.stream !== state) root.dataset.stream = state;
  byId("live-text").textContent = state === "lost" ? `Lost, ${age} old` : WORDS[state];
  showBanner(state === "lost" && silentMs > BANNER_AFTER_MS, age);
}

function showBanner(shown: boolean, age: string): void {
  const banner = byId("lost");
  const words = byId("lost-words");
  byId("lost-age").textContent = `, values as of ${age} ago`;
  if (banner.hidden !== shown) return;
  banner.hidden = !shown;
  // Said aloud once, not with every second.
  words.textContent = shown ? "Connection to the hub lost" : "";
}
