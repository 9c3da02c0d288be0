import { waitFor } from "../../test/support/wait-for.ts";
import type { FaultHost } from "./fault-host.ts";
import { MEMBERS, type Stage } from "./stage.ts";
import { announcedBy, storedOf } from "./transitions.ts";

type Info = { readonly group: string; readonly name: string; readonly statename: string };

const MAY_RUN = new Set(["recorder", "sentinel", "multivisor", "multivisor2"]);

const infosOf = async (host: FaultHost) => (await host.rpc("supervisor.getAllProcessInfo")) as Info[];

/** Ends what comes and goes by itself, so that nothing is on its way while we compare. */
export const stopAll = (host: FaultHost): Promise<unknown> =>
  waitFor(
    `the programs of ${host.name} to be stopped`,
    async () => {
      const running = (await infosOf(host)).filter(
        ({ group, statename }) => !MAY_RUN.has(group) && !["STOPPED", "EXITED", "FATAL"].includes(statename),
      );
      for (const group of new Set(running.map((info) => info.group)))
        await host.rpc("supervisor.stopProcessGroup", group);
      return running.length === 0;
    },
    60_000,
  );

export async function startAll(host: FaultHost): Promise<void> {
  await host.rpc("supervisor.startProcessGroup", "restless");
}

const STILL_MS = 4_000;
const LOOK_EVERY_MS = 500;
const MOST_MS = 30_000;

/** Whether as much is in the histories as was announced, and how much that is. */
async function amountOf(stage: Stage): Promise<{ readonly all: boolean; readonly stored: number }> {
  let [all, sum] = [true, 0];
  for (const { name, host, exact } of MEMBERS) {
    if (!exact) continue;
    const stored = (await storedOf(stage.hub, name)).length;
    all &&= stored >= announcedBy(stage[host]).length;
    sum += stored;
  }
  return { all, stored: sum };
}

/** All that was announced is in the histories, or no more comes: then the promises tell what is missing. */
export async function caughtUp(stage: Stage): Promise<void> {
  const endMs = performance.now() + MOST_MS;
  for (let stored = -1, sinceMs = 0; performance.now() < endMs; await Bun.sleep(LOOK_EVERY_MS)) {
    const now = await amountOf(stage);
    if (now.stored !== stored) [stored, sinceMs] = [now.stored, performance.now()];
    if (now.all || performance.now() - sinceMs > STILL_MS) return;
  }
}
