import { MultivisorError } from "../../domain/errors.ts";
import { canConnect } from "../../lib/can-connect.ts";
import type { HubAddress } from "../hub-options.ts";

const TIMEOUT_MS = 2_000;

/**
 * What a hub that was killed has left there is taken over; a socket at which somebody answers is theirs.
 * @throws MultivisorError BAD_CONFIG
 */
export async function requireFreeSocket({ unix }: HubAddress): Promise<void> {
  if (unix === undefined) return;
  const isTaken = await canConnect({ path: unix }, TIMEOUT_MS).then(
    () => true,
    () => false,
  );
  if (isTaken)
    throw new MultivisorError(
      "BAD_CONFIG",
      `Cannot listen on ${unix}: another program does; choose another with --bind`,
    );
}
