import { sleep } from "../../lib/sleep.ts";
import { HEARTBEAT_MS } from "../../protocol/agent-constants.ts";
import { MAX_PAGE_BYTES, SEARCH_TIMEOUT_MS } from "../../protocol/agent-log-frames.ts";
import { tailFrames } from "../../protocol/tail-frames.ts";
import type { LogOf } from "../../supervisord/logs/log-of.ts";
import { readPage, resolvePlace } from "../../supervisord/logs/log-page.ts";
import { openRpcLog } from "../../supervisord/logs/rpc-log.ts";
import { searchLog } from "../../supervisord/logs/search-log.ts";
import { wholeLog } from "../../supervisord/logs/whole-log.ts";
import type { Rpc } from "../../supervisord/rpc-client.ts";
import type { LinkLogs } from "./link-logs.ts";
import { callAllBy } from "./zerorpc-rpc.ts";

const LOOK_EVERY_MS = 1_000;
/** Where supervisord's own /logtail begins: `tailFrames` counts from there. */
const BACK_BYTES = 1_024;
const PIECE_BYTES = 64 * 1_024;

/** What supervisord tells of its logs through an old agent, which has no way to follow one: it is asked every second. */
export function createZerorpcLogs(rpc: Rpc): LinkLogs {
  return {
    page: async (of, query) => readPage(await openRpcLog(rpc, of, callAllBy(rpc)), query, MAX_PAGE_BYTES),
    async follow(of, _, signal) {
      const { size } = await openRpcLog(rpc, of, callAllBy(rpc));
      const body = followByAsking(rpc, of, Math.max(0, size - BACK_BYTES), signal);
      return tailFrames(body, { size, aliveMs: HEARTBEAT_MS });
    },
    whole: async (of, headers) => wholeLog(await openRpcLog(rpc, of, callAllBy(rpc)), { headers, method: "GET" }),
    async search(of, { until, ...query }, signal) {
      const log = await openRpcLog(rpc, of, callAllBy(rpc));
      const request = { ...query, until: resolvePlace(log, until), size: log.size };
      return searchLog(log, request, SEARCH_TIMEOUT_MS, signal);
    },
  };
}

/** Asks only as fast as it is read. A log that became shorter is read from its beginning. */
function followByAsking(rpc: Rpc, of: LogOf, from: number, signal: AbortSignal): ReadableStream<Uint8Array> {
  let at = from;
  let isLeft = false;
  const next = async (): Promise<Uint8Array | null> => {
    const log = await openRpcLog(rpc, of, callAllBy(rpc));
    if (log.size < at) at = 0;
    const bytes = await log.readAt(at, Math.min(PIECE_BYTES, log.size - at));
    at += bytes.length;
    return bytes.length > 0 ? bytes : null;
  };
  return new ReadableStream({
    async pull(controller) {
      while (!signal.aborted && !isLeft) {
        const bytes = await next();
        if (isLeft) return;
        if (bytes !== null) return controller.enqueue(bytes);
        await sleep(LOOK_EVERY_MS, signal);
      }
      if (!isLeft) controller.close();
    },
    cancel() {
      isLeft = true;
    },
  });
}
