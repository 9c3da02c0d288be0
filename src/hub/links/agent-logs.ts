import { MultivisorError, messageOf } from "../../domain/errors.ts";
import { MAX_PAGE_BYTES, PAGE_HEADER, readFrames } from "../../protocol/agent-log-frames.ts";
import { LogMatches, LogPageHead } from "../../protocol/agent-logs.ts";
import type { LogSearchQuery } from "../../protocol/log-query.ts";
import type { LogOf } from "../../supervisord/logs/log-of.ts";
import { type AgentHttp, checked, parseJson } from "./agent-http.ts";
import type { LinkLogs } from "./link-logs.ts";

/** A page or a list of matches is read to its end within this. */
const ANSWER_TIMEOUT_MS = 15_000;
const MAX_ANSWER_BYTES = 16 * 1_024 * 1_024;

/** @param requireLive @throws MultivisorError where the link is down */
export function createAgentLogs(http: AgentHttp, requireLive: () => void): LinkLogs {
  const get = (
    what: string,
    of: LogOf,
    parameters: Record<string, string>,
    headers: Record<string, string>,
    signal: AbortSignal,
  ) => {
    requireLive();
    return http.get(`/v1/log/${what}?${new URLSearchParams({ ...nameOf(of), ...parameters })}`, headers, signal);
  };
  const soon = (signal: AbortSignal) => AbortSignal.any([signal, AbortSignal.timeout(ANSWER_TIMEOUT_MS)]);

  return {
    async page(of, { at, unit, count }, signal) {
      const response = await get("page", of, { at, [unit]: String(count) }, {}, soon(signal));
      const head = parseJson(response.headers.get(PAGE_HEADER) ?? "", "the agent's page of a log");
      const bytes = await bytesOf(response, MAX_PAGE_BYTES);
      return { ...checked(LogPageHead, head, "the agent's page of a log"), bytes };
    },
    async follow(of, { backBytes, from }, signal) {
      const begin = { back: String(backBytes), ...(from === null ? {} : { from }) };
      const { body } = await get("follow", of, begin, {}, signal);
      if (body === null) throw new MultivisorError("BAD_WIRE", "the agent answered with nothing");
      return readFrames(body, MAX_PAGE_BYTES);
    },
    whole(of, headers, signal) {
      const wanted = ["range", "if-range"].flatMap((name) => {
        const value = headers.get(name);
        return value === null ? [] : [[name, value]];
      });
      return get("whole", of, {}, Object.fromEntries(wanted), signal);
    },
    async search(of, query, signal) {
      const response = await get("search", of, parametersOf(query), {}, soon(signal));
      const text = new TextDecoder().decode(await bytesOf(response, MAX_ANSWER_BYTES));
      return checked(LogMatches, parseJson(text, "the agent's matches"), "the agent's matches");
    },
  };
}

const nameOf = (of: LogOf): Record<string, string> =>
  of.kind === "main" ? { channel: "main" } : { log: of.namespec, channel: of.channel };

const parametersOf = ({
  q,
  regex,
  caseSensitive,
  before,
  after,
  limit,
  until,
}: LogSearchQuery): Record<string, string> => ({
  ...{ q, until, regex: regex ? "1" : "0", case: caseSensitive ? "1" : "0" },
  ...{ before: String(before), after: String(after), limit: String(limit) },
});

async function bytesOf(response: Response, maxBytes: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const piece of response.body ?? []) {
      size += piece.byteLength;
      if (size > maxBytes) throw new MultivisorError("BAD_WIRE", `the agent's answer is above ${maxBytes} bytes`);
      pieces.push(piece);
    }
  } catch (error) {
    throw error instanceof MultivisorError ? error : new MultivisorError("HOST_UNREACHABLE", messageOf(error));
  }
  return Buffer.concat(pieces);
}
