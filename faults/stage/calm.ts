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

/** As much is in the histories as was announced, or the time is over: then the promises tell what is missing. */
export async function caughtUp(stage: Stage): Promise<void> {
  const complete = async () => {
    for (const { name, host, exact } of MEMBERS)
      if (exact && (await storedOf(stage.hub, name)).length < announcedBy(stage[host]).length) return false;
    return true;
  };
  await waitFor("the history to catch up", complete, 12_000).catch(() => {});
}
