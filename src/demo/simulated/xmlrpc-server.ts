import { decodeCall } from "../../supervisord/xmlrpc-decode.ts";
import { encodeFault, encodeResponse, type RpcValue } from "../../supervisord/xmlrpc-encode.ts";
import { openHttpDoor } from "./http-door.ts";
import type { LinkServer } from "./link-server.ts";
import type { Channel, SimulatedLogs } from "./logs.ts";
import { logTail } from "./log-tail.ts";
import { createSimulatedRpc } from "./rpc.ts";
import { faultOf } from "./rpc-faults.ts";
import type { SimulatedSupervisord } from "./supervisord.ts";

const XML = { headers: { "content-type": "text/xml" } };
const notFound = () => new Response("Not Found", { status: 404 });

/** supervisord's own HTTP server: XML-RPC and the tails of logs. */
export function createXmlrpcServer(supervisord: SimulatedSupervisord, logs: SimulatedLogs, port?: number): LinkServer {
  const rpc = createSimulatedRpc(supervisord, logs);

  async function answer(xml: string): Promise<string> {
    try {
      const { method, params } = decodeCall(xml);
      return encodeResponse((await rpc(method, ...(params as RpcValue[]))) as RpcValue);
    } catch (error) {
      return encodeFault(faultOf(error));
    }
  }
  function tail(path: string): Response {
    const [, namespec = "", channel] = /^\/logtail\/([^/]+)\/(stdout|stderr)$/.exec(path) ?? [];
    const process = supervisord.processes().get(decodeURIComponent(namespec));
    if (process === undefined) return notFound();
    return new Response(logTail(logs.look(process, channel as Channel)), { headers: { "content-type": "text/plain" } });
  }
  const door = openHttpDoor(async (request) => {
    const { pathname } = new URL(request.url);
    if (request.method === "POST" && pathname === "/RPC2") return new Response(await answer(await request.text()), XML);
    return request.method === "GET" ? tail(pathname) : notFound();
  }, port);
  const close = () => void door.connect(false);
  return { ...door, scheme: "http://", begin() {}, end() {}, forget: () => null, close };
}
