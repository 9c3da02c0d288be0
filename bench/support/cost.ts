import { readFileSync } from "node:fs";
import { cpuS } from "../../test/support/process-figures.ts";

const field = (pid: number, name: string): number =>
  Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1_024;

/** Resident memory, and the part of it that is no file's (`VmRSS`, `RssAnon`). */
export const memoryMb = (pid: number) => ({ rssMb: field(pid, "VmRSS"), anonymousMb: field(pid, "RssAnon") });

/** Percent of one core that a process takes while `act` goes on. */
export async function cpuPercent(pid: number, act: () => Promise<unknown>): Promise<number> {
  const [cpuBefore, msBefore] = [cpuS(pid), performance.now()];
  await act();
  return ((cpuS(pid) - cpuBefore) / ((performance.now() - msBefore) / 1_000)) * 100;
}
