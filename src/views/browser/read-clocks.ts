import type { HostClocks } from "../host-clocks.ts";

/** The zone of a host's clock, "" where it is not told, and how far ahead of the hub's it is. */
export type Clock = { readonly zone: string; readonly offsetMs: number };

/** Clocks of the hosts by name, as they were when the page was made. */
export function readClocks(): ReadonlyMap<string, Clock> {
  const told = JSON.parse(document.querySelector("main")?.dataset.clocks ?? "[]") as HostClocks;
  return new Map(told.flatMap(([zone, offsetMs, hosts]) => hosts.map((host) => [host, { zone, offsetMs }] as const)));
}
