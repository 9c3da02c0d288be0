import { isIP } from "node:net";
import { Elysia } from "elysia";
import type { Front } from "../configuration/front.ts";
import type { Client } from "./client.ts";

/**
 * Keeps out pages of other sites whose name was made to lead here (DNS rebinding): to the browser they are of the hub's
 * own origin. Where `allowed_hosts` is set, for those names alone; without it a hub that asks for no login and listens to
 * its own machine alone takes addresses, localhost and the machine's name.
 */
export const hostGuard = (deps: {
  readonly front: () => Front;
  readonly client: Client;
  /** open, and on loopback: the pages of this machine's browser are whom it trusts */
  readonly isLocalAndOpen: () => boolean;
  readonly machineName: string;
  readonly onRefusal?: (request: Request, status: number) => Promise<void>;
}) => {
  const { front, client, isLocalAndOpen, machineName } = deps;
  return new Elysia({ name: "host-guard" }).onRequest(async ({ request }) => {
    const { allowedHosts } = front();
    if (allowedHosts.length === 0 && (!isLocalAndOpen() || client.isFromProxy(request))) return;
    const host = hostOf(request.headers.get("host") ?? "");
    if (allowedHosts.includes(host) || isOwnName(host, machineName)) return;
    await deps.onRefusal?.(request, 421);
    const message = `This hub is not called "${host.slice(0, 200)}": add the name to allowed_hosts in [global]`;
    return Response.json({ code: "FORBIDDEN", message }, { status: 421 });
  });
};

const hostOf = (header: string): string => header.toLowerCase().replace(/:\d*$/, "").replace(/\.$/, "");

/** Names that no stranger can make lead elsewhere. */
function isOwnName(host: string, machineName: string): boolean {
  if (host === "" || host === "localhost" || host.endsWith(".localhost")) return true;
  const machine = machineName.toLowerCase();
  return host === machine || host === machine.split(".")[0] || isIP(host.replace(/^\[(.*)\]$/, "$1")) !== 0;
}
