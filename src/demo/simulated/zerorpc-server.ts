import { MultivisorError } from "../../domain/errors.ts";
import { serveZerorpc, type ZerorpcServer, type ZerorpcService } from "../../lib/zerorpc-server.ts";
import type { RpcValue } from "../../supervisord/xmlrpc-encode.ts";
import { freePort } from "../free-port.ts";
import type { LinkServer } from "./link-server.ts";
import type { SimulatedLogs } from "./logs.ts";
import { processInfo } from "./process-info.ts";
import { createSimulatedRpc } from "./rpc.ts";
import { faultOf } from "./rpc-faults.ts";
import type { SimulatedSupervisord } from "./supervisord.ts";

/** The two agents of Multivisor 6: a part of supervisord, or an event listener of it. */
export type OldAgent = "rpcinterface" | "eventlistener";

const GREETING = "First event to trigger connection. Please ignore me!";
const TRACEBACK = "Traceback (most recent call last): ...";
/** What the event listener passes on. */
const LISTENED = /^(?:PROCESS_STATE|SUPERVISOR_STATE)/;

/** Python's repr of a text. */
const repr = (text: string): string =>
  text.includes("'") && !text.includes('"') ? `"${text}"` : `'${text.replaceAll(/[\\']/g, "\\$&")}'`;

/** Faults as Python shows them. */
function raisedBy(kind: OldAgent, error: unknown): readonly [string, string, string] {
  if (!(error instanceof MultivisorError)) return ["Exception", String(error), TRACEBACK];
  if (error.code === "UNKNOWN_METHOD") return ["NameError", error.message, TRACEBACK];
  const { faultCode, faultString } = faultOf(error);
  const text = repr(faultString);
  return kind === "rpcinterface"
    ? ["RPCError", `code=${faultCode}, text=${text}`, TRACEBACK]
    : ["Fault", `<Fault ${faultCode}: ${text}>`, TRACEBACK];
}

/** `key:value key:value` as a map of strings. */
const fieldsOf = (payload: string): Record<string, string> =>
  Object.fromEntries(
    payload
      .trim()
      .split(/\s+/)
      .filter((field) => field.includes(":"))
      .map((field) => [field.slice(0, field.indexOf(":")), field.slice(field.indexOf(":") + 1)] as const),
  );

/** The whole agent, without its network. */
function serviceOf(supervisord: SimulatedSupervisord, logs: SimulatedLogs, kind: OldAgent): ZerorpcService {
  const rpc = createSimulatedRpc(supervisord, logs);
  let serial = 0;
  const info = processInfo(supervisord, logs);
  const eventOf = (eventname: string, text: string) => {
    const payload: Record<string, unknown> = fieldsOf(text);
    const { groupname, processname } = payload;
    const process = supervisord.processes().get(`${groupname}:${processname}`);
    if (process !== undefined) payload.process = info(process);
    const event = { pool: "multivisor", server: supervisord.identifier, eventname, payload };
    if (kind === "rpcinterface") return event;
    const number = String(serial++);
    return {
      ...event,
      pool: "multivisor-rpc",
      ver: "3.0",
      serial: number,
      poolserial: number,
      len: String(text.length),
    };
  };
  const isPassedOn = (eventname: string) => kind === "rpcinterface" || LISTENED.test(eventname);
  return {
    call: (method, args) => rpc(`supervisor.${method}`, ...(args as RpcValue[])),
    raised: (error) => raisedBy(kind, error),
    stream(method) {
      if (method !== "event_stream") return undefined;
      return (send) => {
        send(GREETING);
        return supervisord.subscribe(({ eventname, payload }) => {
          if (eventname.startsWith("TICK") || !isPassedOn(eventname)) return;
          send(eventOf(eventname, payload));
        });
      };
    },
  };
}

/** zerorpc, as the agents of Multivisor 6 speak it. */
export async function createZerorpcServer(
  supervisord: SimulatedSupervisord,
  logs: SimulatedLogs,
  kind: OldAgent,
  onPort?: number,
): Promise<LinkServer> {
  const service = serviceOf(supervisord, logs, kind);
  const port = onPort ?? (await freePort());
  let server: ZerorpcServer | null = null;
  const connect = async (isUp: boolean) => {
    if (isUp && server !== null) return;
    const before = server;
    server = null;
    await before?.close();
    if (isUp) server = await serveZerorpc(service, { hostname: "127.0.0.1", port });
  };
  await connect(true);
  return {
    ...{ port: () => port, scheme: "zerorpc://", connect },
    hold: (isHeld) => server?.hold(isHeld),
    begin() {},
    end() {},
    forget: () => null,
    close: () => void connect(false),
  };
}
