import { MultivisorError } from "../../domain/errors.ts";
import { createRoom } from "./room.ts";

/** Open streams, of pages and programs. Behind a proxy that is not in `trusted_proxies` all people have one address. */
const STREAMS = { all: 20_000, perAddress: 2_000 };

/** @returns the way to leave. @throws MultivisorError BUSY */
export type EnterStreams = (request: Request) => () => void;

export function streamRoom(clientAddress: (request: Request) => string, limits = STREAMS): EnterStreams {
  const room = createRoom(limits);
  return (request) => {
    const address = clientAddress(request);
    const leave = room.enter(address);
    if (leave !== null) return leave;
    throw new MultivisorError(
      "BUSY",
      `Cannot open another stream: ${limits.perAddress} of one address and ${limits.all} in all are the most`,
    );
  };
}
