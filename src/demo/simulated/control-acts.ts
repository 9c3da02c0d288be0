import { MultivisorError } from "../../domain/errors.ts";
import { matchesGlob } from "../../lib/glob.ts";
import type { ControlAnswer, ControlRequest, HostReport, Truth, Verb } from "./control-protocol.ts";
import type { SimulatedFleet } from "./fleet.ts";
import type { SimulatedHost } from "./host.ts";
import type { SimulatedProcess } from "./process.ts";

export function reportOf(host: SimulatedHost): HostReport {
  const { name, link, supervisord } = host;
  const { emitted, dropped } = supervisord.pool.counts();
  return {
    ...{ name, link, url: host.url(), standing: host.standing(), events: emitted, dropped },
    pid: supervisord.mood() === "DOWN" ? null : supervisord.pid(),
    processes: supervisord.processes().size,
    clockOffsetMs: supervisord.clock.offsetMs(),
  };
}

/** @throws BAD_NAME */
export function truthOf({ hosts }: SimulatedFleet, name: string): Truth[] {
  const host = hosts.find((one) => one.name === name);
  if (host === undefined) throw new MultivisorError("BAD_NAME", `Cannot tell of host "${name}": there is none`);
  return [...host.supervisord.processes()].map(([namespec, process]) => ({
    ...{ namespec, state: process.state(), pid: process.facts().pid },
  }));
}

/** The hosts meant. @throws BAD_NAME where there are none */
function chosen({ hosts }: SimulatedFleet, pattern = "*"): SimulatedHost[] {
  const found = hosts.filter(({ name }) => matchesGlob(pattern, name));
  if (found.length === 0) throw new MultivisorError("BAD_NAME", `Cannot find a host that is called ${pattern}`);
  return found;
}

const onProcesses = (hosts: readonly SimulatedHost[], pattern: string, act: (p: SimulatedProcess) => void) => {
  for (const host of hosts) for (const process of host.matching(pattern)) act(process);
};

const killIfThere = (process: SimulatedProcess) => {
  if (process.facts().pid !== 0) process.kill();
};

/** What each verb does with one host. */
const ON_HOST = {
  cut: (host) => host.connect(false),
  join: (host) => host.connect(true),
  mute: (host) => host.mute(true),
  unmute: (host) => host.mute(false),
  freeze: (host) => host.freeze(true),
  thaw: (host) => host.freeze(false),
  fall: (host) => host.fall(),
  rise: (host) => host.rise(),
  restart: (host) => host.supervisord.stop("restart"),
} satisfies Partial<Record<Verb, (host: SimulatedHost) => Promise<void> | void>>;

type Acts = { readonly [V in Verb]: (hosts: SimulatedHost[], request: ControlRequest<V>) => unknown };

const actsOf = ({ traffic }: SimulatedFleet): Acts => {
  const each = (act: (host: SimulatedHost) => unknown) => (hosts: SimulatedHost[]) => Promise.all(hosts.map(act));
  const plain = Object.fromEntries(Object.entries(ON_HOST).map(([verb, act]) => [verb, each(act)]));
  return {
    ...(plain as unknown as Pick<Acts, keyof typeof ON_HOST>),
    rate: (hosts, { perS }) => traffic.setRate(perS, hosts),
    async burst(hosts, { count }) {
      const before = traffic.offered();
      const tookMs = await traffic.burst(count, hosts);
      return { offered: traffic.offered() - before, tookMs };
    },
    step(hosts, { process }) {
      const atMs = performance.timeOrigin + performance.now();
      onProcesses(hosts, process, (one) => one.step());
      return { atMs };
    },
    kill: (hosts, { process }) => onProcesses(hosts, process, killIfThere),
    log(hosts, { process, channel, text }) {
      for (const host of hosts) for (const one of host.matching(process)) host.logs.write(one, channel, text);
    },
    drop: (hosts, { count }) => {
      for (const { supervisord } of hosts) supervisord.pool.drop(count);
    },
    clock: (hosts, { offsetMs }) => {
      for (const { supervisord } of hosts) supervisord.clock.set(offsetMs);
    },
    "restart-agent": (hosts, { forgets = false }) => {
      for (const host of hosts) host.restartAgent(forgets);
    },
  };
};

export async function doOnHosts<V extends Verb>(
  fleet: SimulatedFleet,
  verb: V,
  request: ControlRequest<V>,
): Promise<ControlAnswer> {
  const hosts = chosen(fleet, request.hosts);
  const answer = await actsOf(fleet)[verb](hosts, request);
  return { hosts: hosts.map(({ name }) => name), ...(Array.isArray(answer) ? {} : (answer as object)) };
}
