import { messageOf } from "../domain/errors.ts";
import type { BindAddress } from "../lib/bind-address.ts";
import type { Logger } from "../lib/logger.ts";
import { sleep } from "../lib/sleep.ts";
import { type HttpApp, MAX_BODY_BYTES } from "./http-app.ts";

/** Seconds. Longer than a command of many calls may take. */
const IDLE_S = 120;
const RETRY_MS = 2_000;

/**
 * Serves until the signal. An address in use (an old agent on its way out) is tried again: events are kept meanwhile.
 */
export async function serveHttp(app: HttpApp, bind: BindAddress, log: Logger, signal: AbortSignal): Promise<void> {
  for (let failures = 0; !signal.aborted; failures++) {
    try {
      const server = Bun.serve({
        hostname: bind.hostname,
        port: bind.port,
        idleTimeout: IDLE_S,
        maxRequestBodySize: MAX_BODY_BYTES,
        development: false,
        fetch: app.fetch,
      });
      log.info(`Listening on ${bind.hostname}:${server.port}`);
      await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
      app.close();
      await server.stop(true);
    } catch (error) {
      if (failures === 0)
        log.error(`Cannot listen on ${bind.hostname}:${bind.port}: ${messageOf(error)}; trying again`);
      await sleep(RETRY_MS, signal);
    }
  }
}
