import { Elysia } from "elysia";
import { MultivisorError, messageOf } from "../../domain/errors.ts";
import { namespec } from "../../domain/names.ts";
import { createSeats } from "../../lib/seats.ts";
import { MAX_PAGE_BYTES } from "../../protocol/agent-log-frames.ts";
import type { LogOf } from "../../supervisord/logs/log-of.ts";
import { isCursor } from "../../supervisord/logs/log-page.ts";
import type { Requester } from "../actions/requester.ts";
import type { LinkLogs } from "../links/link-logs.ts";
import { mergedTail, type TailSource } from "../logs/merged-tail.ts";
import { requireMainLog } from "../logs/require-main-log.ts";
import { needs } from "./needs.ts";
import { requireProcess } from "./process.ts";
import { STREAM_HEADERS } from "./stream-response.ts";

/** Logs in one view, and such views at the same time. */
const MOST_LOGS = 32;
const MOST_VIEWS = 512;
/** For all of a view together. */
const BACK_BYTES = 64 * 1_024;

/** `out,<uid>`, or `main,<supervisor>`, with the cursor to go on from; "": from the end. */
type Wanted = { readonly channel: "out" | "err" | "main"; readonly name: string; readonly from: string | null };

/** @throws MultivisorError BAD_REQUEST */
function wantedOf(url: URL): Wanted[] {
  const logs = url.searchParams.getAll("log");
  const cursors = url.searchParams.getAll("from");
  if (logs.length === 0 || logs.length > MOST_LOGS)
    throw new MultivisorError(
      "BAD_REQUEST",
      `Cannot follow ${logs.length} logs: 1 to ${MOST_LOGS} can be followed together`,
    );
  return logs.map((text, i) => {
    const match = /^(out|err|main),(.+)$/s.exec(text);
    if (match === null)
      throw new MultivisorError(
        "BAD_REQUEST",
        `Cannot read log "${text}": out,<uid>, err,<uid> or main,<supervisor> expected`,
      );
    const cursor = cursors[i] ?? "";
    return { channel: match[1] as Wanted["channel"], name: match[2] ?? "", from: isCursor(cursor) ? cursor : null };
  });
}

/** @throws MultivisorError where whoever asks may not read it, or there is none */
function logOf(who: Requester, { channel, name }: Wanted): { supervisor: string; of: LogOf } {
  if (channel === "main") return { supervisor: requireMainLog(who, name).name, of: { kind: "main" } };
  const process = requireProcess(who.view, name);
  const of = { kind: "process", namespec: namespec(process.group, process.name), channel: `std${channel}` } as const;
  return { supervisor: process.supervisor, of };
}

/** The stream of the log view: one or more logs, each from where it was left. */
export const liveLogsRoutes = (deps: {
  readonly who: (request: Request) => Requester;
  /** undefined: its link cannot read logs */
  readonly logs: (supervisor: string) => LinkLogs | undefined;
}) => {
  const views = createSeats(MOST_VIEWS);

  async function follow(request: Request, wanted: Wanted, backBytes: number, signal: AbortSignal): Promise<TailSource> {
    try {
      const { supervisor, of } = logOf(deps.who(request), wanted);
      const logs = deps.logs(supervisor);
      if (logs === undefined) return { problem: "the way its host is reached does not offer logs" };
      return { frames: await logs.follow(of, { backBytes, from: wanted.from }, signal) };
    } catch (error) {
      return { problem: messageOf(error) };
    }
  }

  return new Elysia({ name: "live-logs" }).get(
    "/live/logs",
    async ({ request, server }) => {
      const wanted = wantedOf(new URL(request.url));
      const leave = views.take();
      if (leave === null)
        throw new MultivisorError("BUSY", `Cannot follow logs: ${MOST_VIEWS} views of logs are open already`);
      const stop = new AbortController();
      const back = Math.min(MAX_PAGE_BYTES, Math.floor(BACK_BYTES / wanted.length));
      server?.timeout(request, 0);
      const sources = await Promise.all(wanted.map((one) => follow(request, one, back, stop.signal)));
      return new Response(mergedTail(sources, stop, leave), { headers: STREAM_HEADERS });
    },
    needs("read", "The stream of the view of logs"),
  );
};
