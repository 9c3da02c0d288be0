import { base } from "./page.ts";

/** What is drawn is at most this old. */
const EVERY_MS = 30_000;
/** After something happened to the process; more of it comes at once as a rule. */
const SOON_MS = 1_000;

/** The pages' pictures are drawn by the hub, which does not know where the reader is. */
export function tellZone(): void {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!document.cookie.includes(`mv_zone=${zone}`))
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store is not there over plain http
    document.cookie = `mv_zone=${zone}; path=${base()}/; max-age=31536000; samesite=lax`;
}

/** Keeps the pictures of a process's past as they are now. @returns to be called when the page was updated */
export function startPast(): () => void {
  const uid = document.getElementById("past")?.dataset.uid;
  if (uid === undefined) return () => {};
  let newest = document.querySelector("#happened > li")?.id;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let drawnMs = performance.now();

  const draw = async () => {
    drawnMs = performance.now();
    const answer = await fetch(`${base()}/process/${encodeURIComponent(uid)}/past${location.search}`).catch(() => null);
    const fresh = answer?.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
    const [next, now] = [fresh?.getElementById("past"), document.getElementById("past")];
    // Whoever reads a value by the keyboard keeps the place.
    if (next && now && !now.contains(document.activeElement)) now.replaceWith(document.adoptNode(next));
  };
  setInterval(() => {
    if (!document.hidden && performance.now() - drawnMs >= EVERY_MS) void draw();
  }, 1_000);
  return () => {
    const first = document.querySelector("#happened > li")?.id;
    if (first === newest) return;
    newest = first;
    clearTimeout(timer);
    timer = setTimeout(() => void draw(), SOON_MS);
  };
}
