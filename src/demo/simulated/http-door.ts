import { bodyThrough, createGate } from "./gate.ts";
import type { Door } from "./door.ts";

type Fetch = (request: Request, server: Bun.Server<undefined>) => Promise<Response>;

/** Bun's idle streams are ended otherwise. */
const NEVER = 0;

/** An HTTP server of a simulated host. @param onPort 0: any that is free, and from then on that one */
export function openHttpDoor(fetch: Fetch, onPort = 0): Door {
  const gate = createGate();
  let port = onPort;
  let server: Bun.Server<undefined> | null = null;

  const answer: Fetch = async (request, from) => {
    await gate.passed();
    const response = await fetch(request, from);
    await gate.passed();
    if (!isStream(response) || response.body === null) return response;
    return new Response(bodyThrough(gate, response.body), { status: response.status, headers: response.headers });
  };
  const connect = async (isUp: boolean) => {
    if (!isUp) {
      void server?.stop(true);
      server = null;
    } else if (server === null) {
      server = Bun.serve({ hostname: "127.0.0.1", port, idleTimeout: NEVER, fetch: answer });
      port = server.port ?? port;
    }
  };
  void connect(true);
  return { port: () => port, hold: gate.hold, connect };
}

const isStream = ({ headers }: Response) =>
  /^(?:text\/event-stream|text\/plain|application\/octet-stream)/.test(headers.get("content-type") ?? "");
