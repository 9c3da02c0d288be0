import type { SimulatedHost } from "../../src/demo/simulated/host.ts";
import type { TestHub, WireData } from "../../test/support/hub.ts";
import { waitFor } from "../../test/support/wait-for.ts";
import type { Promised } from "../promise.ts";
import type { FaultHost } from "../stage/fault-host.ts";
import { MEMBERS } from "../stage/stage.ts";

type Info = { readonly group: string; readonly name: string; readonly statename: string; readonly pid: number };

/** A supervisord without agent is asked seldom while it is quiet. */
const PATIENCE_MS = 15_000;

const line = ({ group, name, statename, pid }: Info) => `${group}:${name} ${statename} ${pid}`;

const asSupervisordSays = async (host: FaultHost): Promise<string[]> =>
  ((await host.rpc("supervisor.getAllProcessInfo")) as Info[]).map(line).sort();

const asShown = ({ supervisors }: WireData, name: string): string[] =>
  Object.values(supervisors[name]?.processes ?? {})
    .map((process) => line(process))
    .sort();

const asSimulated = ({ supervisord }: SimulatedHost): string[] =>
  [...supervisord.processes()]
    .map(([namespec, process]) => `${namespec} ${process.state()} ${process.facts().pid}`)
    .sort();

const only = (these: readonly string[], those: readonly string[]) =>
  these.filter((one) => !those.includes(one)).slice(0, 5);

/** @param truth asked anew with each look */
async function compare(hub: TestHub, name: string, truth: () => Promise<string[]> | string[]): Promise<string[]> {
  let is: string[] = [];
  let shown: string[] = [];
  const equal = async () => {
    [is, shown] = [await truth(), asShown(await hub.data(), name)];
    return is.join() === shown.join();
  };
  try {
    await waitFor(`${name} to be shown as it is`, equal, PATIENCE_MS);
    return [];
  } catch {
    return [`${name}: supervisord says ${only(is, shown).join(", ")}, the hub shows ${only(shown, is).join(", ")}`];
  }
}

export const fleetIsTrue: Promised = {
  name: "the fleet that a hub shows is what supervisord says",
  async broken({ stage }) {
    const real = MEMBERS.map(({ name, host }) => compare(stage.hub, name, () => asSupervisordSays(stage[host])));
    const simulated = stage.crowd.hosts.map((host) => compare(stage.hub, host.name, () => asSimulated(host)));
    const second = compare(stage.secondHub, "alpha", () => asSupervisordSays(stage.alpha));
    return (await Promise.all([...real, ...simulated, second])).flat();
  },
};
