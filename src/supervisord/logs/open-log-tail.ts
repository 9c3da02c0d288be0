import { MultivisorError, messageOf } from "../../domain/errors.ts";
import type { RpcOptions } from "../rpc-client.ts";
import { parseServerUrl } from "../server-url.ts";
import { describeLog, type LogOf } from "./log-of.ts";

export type TailServer = Pick<RpcOptions, "serverUrl" | "username" | "password" | "tlsOptions">;

/**
 * supervisord's /logtail or /mainlogtail: the last KiB of the file and then what is written, as it is.
 * @throws MultivisorError NO_LOG, UNAUTHORIZED, HOST_UNREACHABLE
 */
export async function openLogTail(
  server: TailServer,
  of: LogOf,
  signal: AbortSignal,
): Promise<ReadableStream<Uint8Array>> {
  const { url, unix } = parseServerUrl(server.serverUrl);
  const path = of.kind === "main" ? "mainlogtail" : `logtail/${encodeURIComponent(of.namespec)}/${of.channel}`;
  const { username, password } = server;
  const headers: Record<string, string> =
    username === undefined
      ? {}
      : { authorization: `Basic ${Buffer.from(`${username}:${password ?? ""}`).toString("base64")}` };
  const where = { ...(unix === null ? {} : { unix }), ...(await server.tlsOptions?.()) };
  const init = { headers, signal, keepalive: false, redirect: "error", timeout: false, ...where } as RequestInit;
  const response = await fetch(new URL(path, url), init).catch((error) => {
    throw new MultivisorError(
      "HOST_UNREACHABLE",
      `Cannot reach supervisord at ${server.serverUrl}: ${messageOf(error)}`,
    );
  });
  if (response.ok && response.body !== null) return response.body;
  await response.body?.cancel();
  if (response.status === 401)
    throw new MultivisorError("UNAUTHORIZED", "Cannot read the log: supervisord asks for a user and password");
  if (response.status === 404 || response.status === 410)
    throw new MultivisorError("NO_LOG", `Cannot read ${describeLog(of)}: supervisord keeps none`);
  throw new MultivisorError("BAD_WIRE", `Cannot read ${describeLog(of)}: supervisord answered HTTP ${response.status}`);
}
