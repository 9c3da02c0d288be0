import { HEARTBEAT_MS } from "../../protocol/agent-constants.ts";
import { MAX_PAGE_BYTES, SEARCH_TIMEOUT_MS } from "../../protocol/agent-log-frames.ts";
import { tailFrames } from "../../protocol/tail-frames.ts";
import type { LogOf } from "../../supervisord/logs/log-of.ts";
import { readPage, resolvePlace } from "../../supervisord/logs/log-page.ts";
import { openLogTail, type TailServer } from "../../supervisord/logs/open-log-tail.ts";
import { openRpcLog } from "../../supervisord/logs/rpc-log.ts";
import { searchLog } from "../../supervisord/logs/search-log.ts";
import { wholeLog } from "../../supervisord/logs/whole-log.ts";
import type { Rpc } from "../../supervisord/rpc-client.ts";
import type { LinkLogs } from "./link-logs.ts";

/** As much as supervisord itself can tell of its logs: no backups, and only the newest MiB is searched. */
export function createXmlrpcLogs(rpc: Rpc, server: TailServer, requireLive: () => void): LinkLogs {
  const open = (of: LogOf) => {
    requireLive();
    return openRpcLog(rpc, of);
  };
  return {
    async page(of, query) {
      return readPage(await open(of), query, MAX_PAGE_BYTES);
    },
    async follow(of, _, signal) {
      requireLive();
      const body = await openLogTail(server, of, signal);
      const log = await openRpcLog(rpc, of).catch(() => null);
      return tailFrames(body, { size: log?.size ?? 0, aliveMs: HEARTBEAT_MS });
    },
    async whole(of, headers) {
      return wholeLog(await open(of), { headers, method: "GET" });
    },
    async search(of, { until, ...query }, signal) {
      const log = await open(of);
      const request = { ...query, until: resolvePlace(log, until), size: log.size };
      return searchLog(log, request, SEARCH_TIMEOUT_MS, signal);
    },
  };
}
