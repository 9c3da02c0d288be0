import { setHubClock } from "./hub-clock.ts";
import { byId, toLogin } from "./page.ts";

/** The hub sends something every 1.8 s; two of them missing is silence, also where TCP still stands: it is told within 5 s. */
const SILENCE_MS = 3_900;
const RETRY_MS = 3_000;

export type StreamState = "connecting" | "live" | "lost";

export type PageLink = {
  readonly state: () => StreamState;
  /** when the hub was last heard of, `performance.now()` */
  readonly heardMs: () => number;
  /** to be called every second */
  readonly watch: () => void;
};

/**
 * The page's stream through hx-sse: tells live from lost, starts it anew where hx-sse gives up (a first request that
 * fails is never repeated), and ends a connection that fell silent.
 * @param onUpdate after the page has been changed
 */
export function startStream(onUpdate: () => void, onState: (state: StreamState) => void): PageLink {
  const element = byId("stream");
  let state: StreamState = "connecting";
  let connection: SseConnection | null = null;
  let asking = false;
  let askedMs = Number.NEGATIVE_INFINITY;
  let heardMs = performance.now();

  const become = (next: StreamState) => {
    if (state === next) return;
    state = next;
    onState(next);
  };
  const hear = () => {
    heardMs = performance.now();
  };
  const connect = () => {
    if (document.hidden || asking || connection !== null || performance.now() - askedMs < RETRY_MS) return;
    askedMs = performance.now();
    htmx.trigger(element, "mv:connect");
  };
  const on = (name: string, listener: (detail: Detail) => void) =>
    element.addEventListener(name, (event) => listener((event as CustomEvent<Detail>).detail));

  on("htmx:config:request", ({ ctx }) => {
    // The address twice would be more than a request may hold where a name is as long as supervisord allows.
    delete ctx?.request?.headers["HX-Current-URL"];
  });
  on("htmx:before:request", () => {
    asking = true;
  });
  on("htmx:finally:request", () => {
    asking = false;
    if (connection === null) become("lost");
  });
  on("htmx:after:request", ({ ctx }) => {
    if (ctx?.response?.status === 401) toLogin();
  });
  on("htmx:sse:before:connection", (detail) => {
    connection = detail.connection ?? null;
    if ((connection?.attempt ?? 0) > 0) become(shownAt === null ? "lost" : "connecting");
    if (shownAt !== null) queueMicrotask(() => connection?.delayCanceller?.());
    shownAt = null;
  });
  on("htmx:sse:after:connection", hear);
  on("htmx:sse:before:message", hear);
  on("htmx:sse:after:message", ({ message }) => {
    if (message?.event) return;
    become("live");
    onUpdate();
  });
  on("beat", ({ data }) => setHubClock(Number(data)));
  on("htmx:sse:error", ({ status }) => {
    if (status === 401) toLogin();
    if (!document.hidden) become("lost");
  });
  on("htmx:sse:close", () => {
    connection = null;
    if (!document.hidden) become("lost");
  });

  /** set from the moment the tab is shown to its first attempt: that one need not wait, and nothing is lost yet */
  let shownAt: number | null = null;
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return;
    shownAt = performance.now();
    hear();
    connect();
  });
  window.addEventListener("online", () => connection?.delayCanceller?.());

  connect();
  return {
    state: () => state,
    heardMs: () => heardMs,
    watch() {
      if (document.hidden) return;
      connect();
      if (state === "live" && performance.now() - heardMs > SILENCE_MS) {
        become("lost");
        void connection?.reader?.cancel();
      }
    },
  };
}

type Detail = {
  readonly connection?: SseConnection;
  readonly message?: { readonly event: string };
  readonly status?: number;
  readonly data?: string;
  readonly ctx?: {
    readonly request?: { readonly headers: Record<string, string> };
    readonly response?: { readonly status: number };
  };
};
