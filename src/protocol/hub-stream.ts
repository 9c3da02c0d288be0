import { Value } from "@sinclair/typebox/value";
import { MultivisorError } from "../domain/errors.ts";
import { parseSse } from "../lib/sse-parse.ts";
import { HubNotification, HubProcess, HubSupervisor } from "./hub.ts";
import { HubActionChanged } from "./hub-action.ts";
import { ask, refusal } from "./hub-request.ts";
import type { HubUrl } from "./hub-url.ts";

/** What /api/stream sends; events of later hubs come as they are. */
export type HubEvent = { readonly event: string; readonly payload: unknown; readonly id: string };

/** The hub sends a comment every 5 s; who is silent for this long is gone. */
const SILENCE_MS = 15_000;

/**
 * /api/stream until it ends. Nothing that happens after `onOpen` is missed.
 * @param lastEventId id of the last event that was read: what was missed since comes first, from a hub that keeps it
 * @throws MultivisorError where it cannot be had, or falls silent; whatever `signal` was aborted with
 */
export async function* openHubStream(
  url: HubUrl,
  signal: AbortSignal,
  onOpen: () => void = () => {},
  lastEventId: string | null = null,
): AsyncGenerator<HubEvent> {
  const silence = new AbortController();
  const fall = () =>
    silence.abort(new MultivisorError("TIMEOUT", `${url.base} has been silent for ${SILENCE_MS / 1_000} s`));
  let timer = setTimeout(fall, SILENCE_MS);
  const onAlive = () => {
    clearTimeout(timer);
    timer = setTimeout(fall, SILENCE_MS);
  };
  try {
    const query = lastEventId === null ? "" : `?${new URLSearchParams({ last_event_id: lastEventId })}`;
    const request = { path: `/api/stream${query}`, accept: "text/event-stream", deadlineMs: null } as const;
    const response = await ask(url, { ...request, signal: AbortSignal.any([signal, silence.signal]) });
    if (!response.ok || response.body === null) throw await refusal(url, request, response);
    onOpen();
    for await (const message of parseSse(response.body, { onAlive })) {
      const event = eventOf(message.data, message.lastEventId);
      if (event !== null) yield event;
    }
  } finally {
    clearTimeout(timer);
    silence.abort();
  }
}

/** @returns null for what is no message of the contract */
function eventOf(data: string, id: string): HubEvent | null {
  try {
    const { event, payload } = JSON.parse(data) as { event?: unknown; payload?: unknown };
    return typeof event === "string" ? { event, payload, id } : null;
  } catch {
    return null;
  }
}

export const asProcess = (payload: unknown): HubProcess | null => (Value.Check(HubProcess, payload) ? payload : null);

export const asSupervisor = (payload: unknown): HubSupervisor | null =>
  Value.Check(HubSupervisor, payload) ? payload : null;

export const asNotification = (payload: unknown): HubNotification | null =>
  Value.Check(HubNotification, payload) ? payload : null;

export const asAction = (payload: unknown): HubActionChanged | null =>
  Value.Check(HubActionChanged, payload) ? payload : null;
