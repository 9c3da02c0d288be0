import { overlayTexts as texts } from "../texts/overlays.ts";
import { byId } from "./page.ts";

const MOST_SHOWN = 5;
const GOOD_STAYS_MS = 6_000;

/**
 * One quiet line at the bottom. What went wrong, and what there is more to read of, stays until it is put away.
 * @param more shows what is behind it
 */
export function addNote(text: string, level: "good" | "bad", more?: { words: string; run: () => void }): void {
  const list = byId("notes");
  const item = document.createElement("li");
  item.className = `note ${level}`;
  const words = document.createElement("span");
  words.textContent = text;
  const close = document.createElement("button");
  close.type = "button";
  close.className = "clear";
  close.setAttribute("aria-label", texts.dismiss);
  close.addEventListener("click", () => item.remove());
  const button = document.createElement("button");
  button.type = "button";
  button.className = "note-more";
  button.textContent = more?.words ?? "";
  button.addEventListener("click", () => {
    item.remove();
    more?.run();
  });
  item.append(words, ...(more === undefined ? [] : [button]), close);
  list.append(item);
  while (list.children.length > MOST_SHOWN) list.firstElementChild?.remove();
  if (level === "good" && more === undefined) setTimeout(() => item.remove(), GOOD_STAYS_MS);
}
