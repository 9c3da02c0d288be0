import type { ControlAnswer, ControlRequest, Counts, HostReport, Truth, Verb } from "./control-protocol.ts";

export type FleetControl = {
  /** @throws Error with what the fleet says */
  readonly tell: <V extends Verb>(verb: V, request?: ControlRequest<V>) => Promise<ControlAnswer>;
  readonly hosts: () => Promise<HostReport[]>;
  readonly processes: (host: string) => Promise<Truth[]>;
  readonly counts: () => Promise<Counts>;
};

/** Drives a simulated fleet. @param url of its control port */
export function fleetControl(url: string): FleetControl {
  const ask = async <T>(path: string, body?: unknown): Promise<T> => {
    const init = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
    const answer = await fetch(`${url}/v1/${path}`, init);
    if (answer.ok) return (await answer.json()) as T;
    throw new Error(((await answer.json()) as { message: string }).message);
  };
  return {
    tell: (verb, request) => ask(verb, request ?? {}),
    hosts: () => ask("hosts"),
    processes: (host) => ask(`processes?${new URLSearchParams({ host })}`),
    counts: () => ask("counts"),
  };
}
