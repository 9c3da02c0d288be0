import { Value } from "@sinclair/typebox/value";
import { MultivisorError } from "../../domain/errors.ts";
import { sleep } from "../../lib/sleep.ts";
import type { HubClient } from "../../protocol/hub-client.ts";
import { HubLogMatches, HubLogPage } from "../../protocol/hub-logs.ts";
import type { LogSource } from "./log-source.ts";

export type Page = { readonly bytes: Uint8Array; readonly next: string };

const PAGE_BYTES = 1_024 * 1_024;
const QUICK_MS = 150;
const SLOW_MS = 1_000;

type Query = Readonly<Record<string, string>>;

async function get(hub: HubClient, path: string, query: Query, signal: AbortSignal): Promise<unknown> {
  const response = await hub.fetch({ path: `${path}?${new URLSearchParams(query)}`, signal, deadlineMs: 30_000 });
  return response.json();
}

/** @throws MultivisorError NO_LOG where there is none, or the place is no longer there */
export async function readPage(hub: HubClient, source: LogSource, query: Query, signal: AbortSignal): Promise<Page> {
  const page = await get(hub, source.path("page"), { ...query, encoding: "base64" }, signal);
  if (!Value.Check(HubLogPage, page)) throw new MultivisorError("BAD_WIRE", `Cannot read the log of ${source.name}`);
  return { bytes: Buffer.from(page.base64, "base64"), next: page.next };
}

export async function searchLog(hub: HubClient, source: LogSource, query: Query, signal: AbortSignal) {
  const found = await get(hub, source.path("search"), query, signal);
  if (Value.Check(HubLogMatches, found)) return found;
  throw new MultivisorError("BAD_WIRE", `Cannot read what was found in the log of ${source.name}`);
}

export type FollowDeps = {
  readonly hub: HubClient;
  readonly source: LogSource;
  readonly onBytes: (bytes: Uint8Array) => Promise<void>;
  /** something that a person should know of; null: it is over */
  readonly onTrouble: (message: string | null) => void;
};

/**
 * All that is written after `cursor`, once and in order, until `signal`. Asks from cursor to cursor, which names a byte of
 * one file: so neither a restart of process, agent or hub nor a rotation loses or repeats any.
 * @param cursor null: there was no log yet
 */
export async function followLog(deps: FollowDeps, cursor: string | null, signal: AbortSignal): Promise<void> {
  const { hub, source, onBytes, onTrouble } = deps;
  let at = cursor;
  let pauseMs = QUICK_MS;
  while (!signal.aborted) {
    try {
      const page = await readPage(hub, source, { offset: at ?? "0", length: String(PAGE_BYTES) }, signal);
      onTrouble(null);
      at = page.next;
      if (page.bytes.length > 0) await onBytes(page.bytes);
      pauseMs = page.bytes.length > 0 ? QUICK_MS : Math.min(SLOW_MS, pauseMs * 1.5);
      if (page.bytes.length >= PAGE_BYTES) continue;
    } catch (error) {
      if (signal.aborted) return;
      const { message, restarts } = troubleOf(error, at !== null);
      onTrouble(message);
      if (restarts) at = null;
      pauseMs = restarts ? 0 : SLOW_MS;
    }
    await sleep(pauseMs, signal);
  }
}

/** What waiting may mend. @throws what it does not */
function troubleOf(error: unknown, hadCursor: boolean): { message: string | null; restarts: boolean } {
  if (!(error instanceof MultivisorError) || FINAL.has(error.code)) throw error;
  if (error.code !== "NO_LOG") return { message: error.message, restarts: false };
  const message = hadCursor ? "the log was cleared or rotated away; what is there now follows" : null;
  return { message, restarts: hadCursor };
}

/** Waiting does not help. */
const FINAL: ReadonlySet<string> = new Set(["UNAUTHORIZED", "FORBIDDEN", "UNKNOWN_METHOD", "BAD_REQUEST"]);
