import { MultivisorError, messageOf } from "../domain/errors.ts";
import type { SupervisorName } from "../domain/names.ts";
import type { Logger } from "../lib/logger.ts";
import type { FleetView } from "./fleet-view.ts";
import type { Link } from "./links/link.ts";

/** Of one slow host; the others are not held up, and it is shown by its last known state. */
export const REFRESH_TIMEOUT_MS = 2_000;

export type Refresh = {
  /** Asks every supervisor that is live anew; waits for each, but not longer than REFRESH_TIMEOUT_MS. */
  readonly all: () => Promise<void>;
  /** @throws MultivisorError HOST_UNREACHABLE or TIMEOUT where it cannot be asked */
  readonly one: (name: SupervisorName) => Promise<void>;
};

export function createRefresh(deps: {
  readonly fleet: FleetView;
  readonly link: (name: SupervisorName) => Link | null;
  readonly log: Logger;
}): Refresh {
  const { fleet, link, log } = deps;
  const one = async (name: SupervisorName) => {
    const deadline = AbortSignal.timeout(REFRESH_TIMEOUT_MS);
    const late = new Promise<never>((_, reject) =>
      deadline.addEventListener("abort", () =>
        reject(new MultivisorError("TIMEOUT", `${name} gave no answer within ${REFRESH_TIMEOUT_MS / 1_000} s`)),
      ),
    );
    await Promise.race([link(name)?.refresh(deadline), late]);
  };
  const live = () => [...fleet.supervisors().values()].filter((supervisor) => supervisor.link.status === "live");
  return {
    one,
    async all() {
      const asked = live().map(({ name }) =>
        one(name).catch((error) => log.warn(`${name}: refresh: ${messageOf(error)}`)),
      );
      await Promise.all(asked);
    },
  };
}
