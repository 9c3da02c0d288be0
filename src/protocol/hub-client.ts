import { type Static, Type } from "@sinclair/typebox";
import { type ActionResult, ActionResults, HistoryPage, HubData } from "./hub.ts";
import { HubAction, HubActionBegun } from "./hub-action.ts";
import { HubProgram } from "./hub-program.ts";
import { type Answered, ask, askJson, checked, type HubRequest, type JsonFields, refusal } from "./hub-request.ts";
import { type HubEvent, openHubStream } from "./hub-stream.ts";
import type { HubUrl } from "./hub-url.ts";

export type { Answered } from "./hub-request.ts";

export type ProcessVerb = "start" | "stop" | "restart" | "signal" | "stdin" | "clear";
export type SupervisorVerb = "update" | "restart" | "reread" | "shutdown" | "add" | "remove";

/** Every call throws MultivisorError, worded for people: HOST_UNREACHABLE, TIMEOUT, UNAUTHORIZED, BAD_WIRE and what the hub says. */
export type HubClient = {
  /** without credentials */
  readonly base: string;
  readonly data: (signal?: AbortSignal) => Promise<Answered<HubData>>;
  /** the same, after the hub has asked every supervisor anew */
  readonly refresh: (signal?: AbortSignal) => Promise<Answered<HubData>>;
  /** @returns one result for each target, when the outcomes are known or the hub no longer waits for them */
  readonly onProcesses: (
    verb: ProcessVerb,
    uids: readonly string[],
    options: { readonly more?: JsonFields; readonly signal: AbortSignal },
  ) => Promise<ActionResult[]>;
  /** Begins what `action` follows. @returns its id */
  readonly begin: (verb: ProcessVerb, uids: readonly string[], signal: AbortSignal) => Promise<string>;
  /** How an action stands. @throws MultivisorError BAD_NAME too: this run of the hub knows of none by this id */
  readonly action: (id: string, signal: AbortSignal) => Promise<HubAction>;
  readonly onSupervisors: (
    verb: SupervisorVerb,
    names: readonly string[],
    options: { readonly more?: JsonFields; readonly signal: AbortSignal },
  ) => Promise<ActionResult[]>;
  /** what one supervisord has read of its configuration */
  readonly programs: (supervisor: string, signal?: AbortSignal) => Promise<HubProgram[]>;
  readonly history: (
    parameters: Readonly<Record<string, string>>,
    signal?: AbortSignal,
  ) => Promise<Static<typeof HistoryPage>>;
  /** /api/stream until it ends */
  readonly stream: (
    signal: AbortSignal,
    onOpen?: () => void,
    /** to go on from */
    lastEventId?: string | null,
  ) => AsyncGenerator<HubEvent>;
  /** anything else; the answer is a good one */
  readonly fetch: (request: HubRequest) => Promise<Response>;
};

/** @param deadlineMs for an answer that the hub has ready */
export function createHubClient(url: HubUrl, deadlineMs = 10_000): HubClient {
  const act = async (path: string, json: JsonFields, signal: AbortSignal) => {
    const request = { method: "POST", path, json, signal, deadlineMs: null } as const;
    const response = await ask(url, request);
    // Where all came to nothing for the same reason the status says so too; the results tell more.
    const answer: unknown = await response
      .clone()
      .json()
      .catch(() => null);
    if (response.ok || (answer !== null && typeof answer === "object" && "results" in answer))
      return checked(url, path, ActionResults, answer).results;
    throw await refusal(url, request, response);
  };
  const get = <T extends typeof HubData | typeof HistoryPage>(path: string, schema: T, signal?: AbortSignal) =>
    askJson(url, { path, deadlineMs, ...(signal && { signal }) }, schema);
  return {
    base: url.base,
    data: (signal) => get("/api/data", HubData, signal),
    refresh: (signal) => get("/api/refresh", HubData, signal),
    onProcesses: (verb, uids, { more = {}, signal }) =>
      act(`/api/process/${verb === "clear" ? "log/clear" : verb}`, { uid: uids, ...more }, signal),
    begin: async (verb, uids, signal) => {
      const json = { uid: uids, wait: "0" };
      const request = { method: "POST", path: `/api/process/${verb}`, json, signal, deadlineMs } as const;
      return (await askJson(url, request, HubActionBegun)).answer.action;
    },
    action: async (id, signal) =>
      (await askJson(url, { path: `/api/actions/${encodeURIComponent(id)}`, deadlineMs, signal }, HubAction)).answer,
    onSupervisors: (verb, names, { more = {}, signal }) =>
      act(`/api/supervisor/${verb}`, { supervisor: names, ...more }, signal),
    programs: async (supervisor, signal) => {
      const path = `/api/supervisor/avail/${encodeURIComponent(supervisor)}`;
      return (await askJson(url, { path, deadlineMs, ...(signal && { signal }) }, Type.Array(HubProgram))).answer;
    },
    history: async (parameters, signal) =>
      (await get(`/api/history?${new URLSearchParams(parameters)}`, HistoryPage, signal)).answer as Static<
        typeof HistoryPage
      >,
    stream: (signal, onOpen, lastEventId) => openHubStream(url, signal, onOpen, lastEventId),
    async fetch(request) {
      const response = await ask(url, { deadlineMs, ...request });
      if (!response.ok) throw await refusal(url, request, response);
      return response;
    },
  };
}
