import { formatInstant } from "./age.ts";

/** A moment; the browser writes it in the reader's zone. @param atMs epoch milliseconds */
export const Instant = ({ atMs }: { atMs: number }) => (
  <time class="at" data-at={String(Math.round(atMs))} datetime={new Date(atMs).toISOString()} safe>
    {formatInstant(atMs)}
  </time>
);
