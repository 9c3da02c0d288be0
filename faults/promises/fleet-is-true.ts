import type { TestHub, WireData } from "../../test/support/hub.ts";
import { waitFor } from "../../test/support/wait-for.ts";
import type { Promised } from "../promise.ts";
import type { FaultHost } from "../stage/fault-host.ts";
import { MEMBERS } from "../stage/stage.ts";

type Info = { readonly group: string; readonly name: string; readonly statename: string; readonly pid: number };

const line = ({ group, name, statename, pid }: Info) => `${group}:${name} ${statename} ${pid}`;

const asSupervisordSays = async (host: FaultHost): Promise<string[]> =>
  ((await host.rpc("supervisor.getAllProcessInfo")) as Info[]).map(line).sort();

const asShown = ({ supervisors }: WireData, name: string): string[] =>
  Object.values(supervisors[name]?.processes ?? {})
    .map((process) => line(process))
    .sort();

async function compare(hub: TestHub, name: string, host: FaultHost): Promise<string[]> {
  let [says, shown]: string[][] = [[], []];
  const equal = async () => {
    [says, shown] = [await asSupervisordSays(host), asShown(await hub.data(), name)];
    return says.join() === shown.join();
  };
  try {
    await waitFor(`${name} to be shown as it is`, equal, 12_000);
    return [];
  } catch {
    const only = (these: string[] = [], those: string[] = []) =>
      these.filter((one) => !those.includes(one)).slice(0, 5);
    return [`${name}: supervisord says ${only(says, shown).join(", ")}, the hub shows ${only(shown, says).join(", ")}`];
  }
}

export const fleetIsTrue: Promised = {
  name: "the fleet that a hub shows is what supervisord says",
  async broken({ stage }) {
    const first = MEMBERS.map(({ name, host }) => compare(stage.hub, name, stage[host]));
    const problems = await Promise.all([...first, compare(stage.secondHub, "alpha", stage.alpha)]);
    return problems.flat();
  },
};
