import type { Supervisor } from "../domain/supervisor.ts";
import { lookOf, type PlacedProcess } from "./process-look.ts";
import { type RowFigures, roundCpu, roundRss } from "./row-figures.ts";

/** What all processes of a supervisor use and did together. */
export type SupervisorSums = {
  readonly running: number;
  readonly total: number;
  readonly cpu: number | null;
  readonly rssKib: number | null;
  readonly restarts: number;
};

const sum = (values: readonly (number | null)[]): number | null => {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((a, b) => a + b, 0);
};

export function sumsOf(supervisor: Supervisor, figuresOf: (placed: PlacedProcess) => RowFigures): SupervisorSums {
  const placed = [...supervisor.processes.values()].map((process) => ({ process, supervisor }));
  const figures = placed.map(figuresOf);
  const [cpu, rssKib] = [sum(figures.map((one) => one.cpu)), sum(figures.map((one) => one.rssKib))];
  return {
    running: placed.filter((one) => lookOf(one) === "running").length,
    total: placed.length,
    cpu: cpu === null ? null : roundCpu(cpu),
    rssKib: rssKib === null ? null : roundRss(rssKib * 1_024),
    restarts: figures.reduce((n, one) => n + one.restarts, 0),
  };
}
