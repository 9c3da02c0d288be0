import { base } from "../page.ts";
import { normal } from "./read-backwards.ts";
import type { Source } from "./sources.ts";

/** Between a lost connection and the next try. */
const AGAIN_MS = [500, 1_000, 2_000, 5_000] as const;

type Message = {
  readonly of: number;
  readonly message?: string;
  readonly cursor?: string | null;
  readonly note?: string;
  readonly skipped?: number | null;
  readonly reason?: string;
};

export type LogEvents = {
  readonly onText: (source: Source, text: string) => void;
  readonly onNote: (source: Source, note: string, about: { skipped: number | null; reason: string }) => void;
  readonly onLink: (is: "live" | "lost") => void;
};

/** Follows logs from where each was left; comes back by itself, and goes on there. */
export function followLogs(sources: readonly Source[], { onText, onNote, onLink }: LogEvents) {
  let stream: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;

  const close = () => {
    clearTimeout(timer);
    stream?.close();
    stream = null;
  };
  const later = () => {
    close();
    timer = setTimeout(open, AGAIN_MS[Math.min(failures++, AGAIN_MS.length - 1)]);
  };
  const take = ({ of, message = "", cursor, note, skipped = null, reason = "" }: Message) => {
    const source = sources[of];
    if (source === undefined) return;
    if (typeof cursor === "string") source.next = cursor;
    if (note !== undefined) onNote(source, note, { skipped, reason });
    if (note === "lost" || note === "end") later();
    if (message !== "") onText(source, normal(message));
  };
  function open(): void {
    close();
    if (document.hidden) return;
    const query = new URLSearchParams();
    for (const { uid, channel, next } of sources) {
      query.append("log", `${channel},${uid}`);
      query.append("from", next ?? "");
    }
    const opened = new EventSource(`${base()}/live/logs?${query}`);
    stream = opened;
    opened.onopen = () => onLink("live");
    opened.onmessage = ({ data }) => {
      failures = 0;
      take(JSON.parse(data) as Message);
    };
    // Its own way back would begin where the address says, not where we are.
    opened.onerror = () => {
      if (stream !== opened) return;
      onLink("lost");
      later();
    };
  }
  return { open, close, isOpen: () => stream !== null || timer !== undefined };
}
