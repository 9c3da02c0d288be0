import { Value } from "@sinclair/typebox/value";
import { MultivisorError, messageOf } from "../../domain/errors.ts";
import { doOnHosts, reportOf, truthOf } from "./control-acts.ts";
import { type ControlRequest, type Counts, REQUESTS, type Verb } from "./control-protocol.ts";
import type { SimulatedFleet } from "./fleet.ts";

const MAX_BODY_BYTES = 4 * 1_024 * 1_024;
const HOST = "127.0.0.1";

/** The port from which a simulated fleet is driven, on this machine alone. */
export function serveControl(
  fleet: SimulatedFleet,
  port: number,
): { readonly url: string; readonly close: () => void } {
  const server = Bun.serve({
    ...{ hostname: HOST, port, idleTimeout: 0, maxRequestBodySize: MAX_BODY_BYTES },
    fetch: (request) => answer(fleet, request).catch(refusal),
  });
  return { url: `http://${HOST}:${server.port}`, close: () => void server.stop(true) };
}

async function answer(fleet: SimulatedFleet, request: Request): Promise<Response> {
  refuseBrowsers(request);
  const { pathname, searchParams } = new URL(request.url);
  const what = pathname.replace(/^\/v1\//, "");
  if (request.method === "GET") return Response.json(look(fleet, what, searchParams.get("host")));
  if (request.method !== "POST" || !Object.hasOwn(REQUESTS, what)) throw notThere(pathname);
  const verb = what as Verb;
  return Response.json(await doOnHosts(fleet, verb, await bodyOf(request, verb)));
}

function look(fleet: SimulatedFleet, what: string, host: string | null): unknown {
  switch (what) {
    case "hosts":
      return fleet.hosts.map(reportOf);
    case "processes":
      return truthOf(fleet, host ?? "");
    case "counts":
      return countsOf(fleet);
    default:
      throw notThere(`/v1/${what}`);
  }
}

function countsOf({ hosts, traffic }: SimulatedFleet): Counts {
  const counts = hosts.map(({ supervisord }) => supervisord.pool.counts());
  const sum = (of: "emitted" | "dropped") => counts.reduce((total, one) => total + one[of], 0);
  const transitions = hosts.reduce((total, { supervisord }) => total + supervisord.transitions(), 0);
  return { offered: traffic.offered(), transitions, events: sum("emitted"), dropped: sum("dropped") };
}

async function bodyOf<V extends Verb>(request: Request, verb: V): Promise<ControlRequest<V>> {
  const text = await request.text();
  let body: unknown;
  try {
    body = text === "" ? {} : JSON.parse(text);
  } catch {
    throw new MultivisorError("BAD_REQUEST", `Cannot ${verb}: the body is no JSON`);
  }
  if (Value.Check(REQUESTS[verb], body)) return body as ControlRequest<V>;
  const wrong = Value.Errors(REQUESTS[verb], body).First();
  throw new MultivisorError("BAD_REQUEST", `Cannot ${verb}: at ${wrong?.path || "/"}: ${wrong?.message}`);
}

/** A page that a browser on this machine shows must not drive it, by whatever name it calls us. */
function refuseBrowsers(request: Request): void {
  const host = request.headers.get("host")?.replace(/:\d+$/, "");
  if (request.headers.has("origin") || (host !== HOST && host !== "localhost"))
    throw new MultivisorError("FORBIDDEN", "Cannot serve a web page");
}

const notThere = (path: string) =>
  new MultivisorError("BAD_NAME", `Cannot answer ${path}: there is no such thing here`);

function refusal(error: unknown): Response {
  const code = error instanceof MultivisorError ? error.code : "FAILED";
  return Response.json({ code, message: messageOf(error) }, { status: 400 });
}
