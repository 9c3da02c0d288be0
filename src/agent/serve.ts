import { messageOf } from "../domain/errors.ts";
import type { Logger } from "../lib/logger.ts";
import { isLoopback } from "../lib/loopback.ts";
import { sleep } from "../lib/sleep.ts";
import type { AgentDoor } from "./config.ts";
import { type HttpApp, MAX_BODY_BYTES } from "./http-app.ts";

/** Seconds. Longer than a command of many calls may take. */
const IDLE_S = 120;
const RETRY_MS = 2_000;

type Deps = { readonly makeApp: (door: AgentDoor) => HttpApp; readonly log: Logger };

/**
 * Serves until the signal. An address in use (an old agent on its way out) is tried again: events are kept meanwhile.
 * @param onChange hears of another door that takes the place of the one before: streams end, hubs come back by the new one
 */
export async function serveHttp(
  first: AgentDoor,
  onChange: (listener: (door: AgentDoor) => void) => void,
  deps: Deps,
  signal: AbortSignal,
): Promise<void> {
  let door = first;
  let round = new AbortController();
  onChange((next) => {
    door = next;
    round.abort();
  });
  for (let failures = 0; !signal.aborted; ) {
    round = new AbortController();
    const ended = AbortSignal.any([signal, round.signal]);
    try {
      await serveOne(door, deps, ended);
      failures = 0;
    } catch (error) {
      const { hostname, port } = door.bind;
      if (failures++ === 0) deps.log.error(`Cannot listen on ${hostname}:${port}: ${messageOf(error)}; trying again`);
      await sleep(RETRY_MS, ended);
    }
  }
}

/** @throws where the address cannot be had */
async function serveOne(door: AgentDoor, { makeApp, log }: Deps, ended: AbortSignal): Promise<void> {
  const { bind, tls } = door;
  const app = makeApp(door);
  try {
    const server = Bun.serve({
      hostname: bind.hostname,
      port: bind.port,
      idleTimeout: IDLE_S,
      maxRequestBodySize: MAX_BODY_BYTES,
      development: false,
      ...(tls === null ? {} : { tls: { cert: tls.cert, key: tls.key } }),
      fetch: app.fetch,
    });
    const how = tls === null ? "" : ` with TLS; SHA-256 of the certificate: ${tls.fingerprint}`;
    log.info(`Listening on ${bind.hostname}:${server.port}${how}`);
    warnOf(door, log);
    await new Promise<void>((resolve) => ended.addEventListener("abort", () => resolve(), { once: true }));
    await server.stop(true);
  } finally {
    app.close();
  }
}

function warnOf({ bind, token, allows, warnings }: AgentDoor, log: Logger): void {
  for (const warning of warnings) log.warn(warning);
  if (!allows.includes("read")) log.warn("--allow is without read: no hub can follow this host");
  const acts = allows.includes("process") || allows.includes("supervisor");
  const may = acts ? "start and stop its processes" : "read what it knows";
  if (token === null && !isLoopback(bind.hostname))
    log.warn(`No token is asked for: everyone who reaches this port may ${may} (--token-file)`);
}
