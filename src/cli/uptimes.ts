import { timedelta } from "../domain/apply-transition.ts";
import type { HubData, HubProcess, HubSupervisor } from "../protocol/hub.ts";

/**
 * The API's descriptions are as old as the last event of their process ("pid 5, uptime 0:00:01" for days): what is
 * printed says how long it is up now.
 * @param hubNowMs the hub's clock at its answer; null: not known, descriptions stay as they are
 */
export function withUptimesOf(hubNowMs: number | null, data: HubData): HubData {
  if (hubNowMs === null) return data;
  const supervisors = Object.entries(data.supervisors).map(([name, one]) => [name, withUptimes(hubNowMs, one)]);
  return { ...data, supervisors: Object.fromEntries(supervisors) };
}

function withUptimes(hubNowMs: number, supervisor: HubSupervisor): HubSupervisor {
  const hostNowS = Math.floor((hubNowMs + (supervisor.clock_offset_ms ?? 0)) / 1_000);
  const processes = Object.entries(supervisor.processes).map(([uid, one]) => [uid, withUptime(hostNowS, one)]);
  return { ...supervisor, processes: Object.fromEntries(processes) };
}

function withUptime(hostNowS: number, process: HubProcess): HubProcess {
  if (process.statename !== "RUNNING" || process.start === 0) return process;
  const now = Math.max(process.now, hostNowS);
  const uptime = timedelta(Math.max(0, now - process.start));
  return { ...process, now, description: `pid ${process.pid}, uptime ${uptime}` };
}
