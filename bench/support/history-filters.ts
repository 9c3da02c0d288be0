import type { HistoryParameters } from "../../src/hub/store/history-query.ts";
import { type FleetSize, random } from "./fleet-history.ts";

/** What is asked of a history of `fleetHistory`: twenty filters, with other names and times each time. */
export function historyFilters({ supervisors, processes, startMs, endMs }: FleetSize) {
  const next = random(3);
  const any = (n: number) => Math.floor(next() * n);
  const host = () => `host${any(supervisors)}`;
  const member = () => {
    const n = any(processes);
    return `group${n % 10}:process${n}`;
  };
  const uid = () => `${host()}:${member()}`;
  const moment = () => String(Math.floor(startMs + next() * (endMs - startMs)));
  const filters: Readonly<Record<string, () => HistoryParameters>> = {
    nothing: () => ({}),
    "one process": () => ({ uid: uid() }),
    "one process, a state": () => ({ uid: uid(), state: "STOPPED" }),
    "one supervisor": () => ({ supervisor: host() }),
    "a supervisor, FATAL": () => ({ supervisor: host(), state: "FATAL" }),
    "a pattern of supervisors": () => ({ supervisor: `host*${any(10)}` }),
    "a group everywhere": () => ({ group: `group${any(10)}` }),
    "a group, FATAL": () => ({ group: `group${any(10)}`, state: "FATAL" }),
    "a process name": () => ({ process: `process${any(processes)}` }),
    "a process name, BACKOFF": () => ({ process: `process${any(processes)}`, state: "BACKOFF" }),
    "a pattern of uids": () => ({ uid: `host${any(supervisors)}:*`, state: "EXITED" }),
    FATAL: () => ({ state: "FATAL" }),
    RUNNING: () => ({ state: "RUNNING" }),
    "FATAL and BACKOFF": () => ({ state: "FATAL,BACKOFF" }),
    "to a moment": () => ({ to: moment() }),
    "a group to a moment": () => ({ group: `group${any(10)}`, to: moment() }),
    "unexpected ends": () => ({ expected: "false" }),
    "unexpected ends of a host": () => ({ expected: "false", supervisor: host() }),
    "caused by users": () => ({ cause: "user" }),
    "text that is nowhere": () => ({ text: "no such text" }),
  };
  return { filters, uid };
}
