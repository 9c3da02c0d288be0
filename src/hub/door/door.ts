import type { Logger } from "../../lib/logger.ts";
import type { Client } from "../auth/client.ts";
import { answerHead } from "./answer-head.ts";
import { withCommonHeaders } from "./common-headers.ts";
import { createRoom } from "./room.ts";

/** Requests that are being worked on; a request that waits for the outcome of an action is one. */
const REQUESTS = { all: 4_000, perAddress: 1_000 };
const TELL_EVERY_MS = 60_000;

/** What stands before all routes: as many requests at a time as the hub can bear, and headers that every answer has. */
export function createDoor(deps: {
  readonly client: Pick<Client, "address" | "isHttps">;
  readonly log: Logger;
  /** epoch ms */
  readonly now: () => number;
}): (request: Request, answer: (request: Request) => Response | Promise<Response>) => Promise<Response> {
  const { client, log, now } = deps;
  const room = createRoom(REQUESTS);
  let toldMs = 0;

  function full(address: string): Response {
    if (now() - toldMs >= TELL_EVERY_MS) {
      toldMs = now();
      log.warn(`Refusing requests, of ${address || "a proxy"} and maybe others: ${room.inside()} are being worked on`);
    }
    const message = "Cannot answer now: too many requests at a time; try again in a second";
    return Response.json({ code: "BUSY", message }, { status: 503, headers: { "retry-after": "1" } });
  }

  return async (request, answer) => {
    const address = client.address(request);
    const leave = room.enter(address);
    const isHttps = client.isHttps(request);
    if (leave === null) return withCommonHeaders(full(address), isHttps);
    try {
      const response = request.method === "HEAD" ? await answerHead(request, answer) : await answer(request);
      return withCommonHeaders(response, isHttps);
    } finally {
      leave();
    }
  };
}
