import { chmodSync, rmSync, statSync } from "node:fs";
import { MultivisorError, messageOf } from "../../domain/errors.ts";
import type { HubAddress } from "../hub-options.ts";
import type { createServer } from "../server.ts";
import type { TlsFiles } from "../tls.ts";

const MAX_BODY_BYTES = 1_024 * 1_024;
/** Of a connection that neither asks nor is answered; streams are exempt. */
const IDLE_TIMEOUT_S = 30;

export type Listening = {
  readonly url: string;
  /** Listens with another certificate from now on; connections that stand are left alone. */
  readonly renew: (tls: TlsFiles | null) => void;
  /** the address of the other end; "" of a unix socket */
  readonly peer: (request: Request) => string;
  readonly stop: () => Promise<void>;
};

type App = ReturnType<typeof createServer>;
type Answer = (request: Request) => Response | Promise<Response>;
/** What stands between the socket and the routes. */
type Door = (request: Request, answer: Answer) => Promise<Response>;
type Server = ReturnType<typeof Bun.serve>;

/** @throws MultivisorError BAD_CONFIG that says which address cannot be had, why, and what to do */
export function listen(app: App, door: Door, address: HubAddress, first: TlsFiles | null): Listening {
  let tls = first;
  /** the one that listens, and those before it whose connections still stand */
  const servers: Server[] = [];
  const fetch = (request: Request) => door(request, app.fetch);
  const begin = (port: number) => {
    try {
      servers.unshift(open(fetch, { ...address, port }, tls));
      // Routes ask it for more time.
      app.server = servers[0] as typeof app.server;
    } catch (error) {
      const place = address.unix ?? `${address.hostname}:${address.port}`;
      const why = (error as NodeJS.ErrnoException).code === "EADDRINUSE" ? "another program does" : messageOf(error);
      throw new MultivisorError("BAD_CONFIG", `Cannot listen on ${place}: ${why}; choose another with --bind`);
    }
  };
  /** Stops to listen at once; whoever is connected stays so. */
  const leave = (server: Server | undefined) =>
    void server?.stop().then(() => {
      servers.splice(servers.indexOf(server), 1);
    });
  begin(address.port);
  const port = servers[0]?.port ?? address.port;
  return {
    url: address.unix === undefined ? String(servers[0]?.url ?? "") : `unix:${address.unix}`,
    renew(next) {
      if (next?.cert === tls?.cert && next?.key === tls?.key) return;
      const before = tls;
      tls = next;
      leave(servers[0]);
      try {
        begin(port);
      } catch (error) {
        tls = before;
        begin(port);
        throw error;
      }
    },
    peer(request) {
      for (const server of servers) {
        const address = server.requestIP(request)?.address;
        if (address !== undefined) return address;
      }
      return "";
    },
    async stop() {
      await Promise.all(servers.map((server) => server.stop(true)));
      if (address.unix !== undefined) rmSync(address.unix, { force: true });
    },
  };
}

function open(fetch: Answer, { hostname, port, unix }: HubAddress, tls: TlsFiles | null): Server {
  const more = {
    ...{ fetch, idleTimeout: IDLE_TIMEOUT_S, maxRequestBodySize: MAX_BODY_BYTES },
    ...(tls !== null && { tls: { cert: tls.cert, key: tls.key } }),
  };
  // With shared ports two hubs would take turns in answering.
  if (unix === undefined) return Bun.serve({ hostname, port, reusePort: false, ...more });
  // What a hub that was killed has left there.
  if (statSync(unix, { throwIfNoEntry: false })?.isSocket()) rmSync(unix);
  const server = Bun.serve({ unix, ...more } as never) as Server;
  chmodSync(unix, 0o660);
  return server;
}
