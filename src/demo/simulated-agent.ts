import { createAgent } from "../agent/agent.ts";
import { createHttpApp } from "../agent/http-app.ts";
import { openJournal } from "../agent/journal.ts";
import { RIGHTS } from "../domain/rights.ts";
import { VERSION } from "../lib/build-info.ts";
import { createLogger } from "../lib/logger.ts";
import { createSimulatedRpc } from "./simulated-rpc.ts";
import type { SimulatedSupervisord } from "./simulated-supervisord.ts";

export const AGENT = { group: "multivisor", name: "multivisor" } as const;

export type SimulatedAgent = { readonly port: number; readonly close: () => void };

/**
 * The real agent over a simulated supervisord, on this machine; its journal is kept in memory.
 * @param onPort 0: any that is free
 */
export function startSimulatedAgent(
  supervisord: SimulatedSupervisord,
  signal: AbortSignal,
  onPort = 0,
): SimulatedAgent {
  const log = createLogger("ERROR");
  const journal = openJournal(":memory:");
  const agent = createAgent({
    ...{ journal, log, version: VERSION, now: Date.now },
    ...{ rpc: createSimulatedRpc(supervisord), self: AGENT, supervisordPid: supervisord.pid },
    restartSelf: () => {},
  });
  const http = createHttpApp({ agent, token: null, allows: RIGHTS, now: Date.now, log });
  const unsubscribe = supervisord.subscribe((event) => agent.handleEvent(event)());
  const server = Bun.serve({ hostname: "127.0.0.1", port: onPort, idleTimeout: 0, fetch: http.fetch });
  void agent.run(signal);
  return {
    port: server.port ?? 0,
    close() {
      unsubscribe();
      http.close();
      void server.stop(true);
      journal.close();
    },
  };
}
