import { PROCESS_STATE_NAMES } from "../../domain/states.ts";
import type { Supervisor } from "../../domain/supervisor.ts";
import type { FleetView } from "../fleet-view.ts";
import type { Counters } from "./counters.ts";
import type { Family, Sample } from "./exposition.ts";

export function supervisorFamilies(view: FleetView, counters: Counters): Family[] {
  const supervisors = [...view.supervisors().values()];
  const each = (value: (supervisor: Supervisor) => number | null): Sample[] =>
    supervisors.flatMap((supervisor) => {
      const known = value(supervisor);
      return known === null ? [] : [{ labels: { supervisor: supervisor.name }, value: known }];
    });
  return [
    {
      name: "multivisor_supervisor_up",
      type: "gauge",
      help: "Whether the hub reaches the supervisord and vouches for what it shows.",
      samples: each(({ link }) => (link.status === "live" ? 1 : 0)),
    },
    {
      name: "multivisor_supervisor_info",
      type: "gauge",
      help: "1, with how the supervisord is reached and its versions.",
      samples: supervisors.map((supervisor) => ({ labels: infoOf(supervisor), value: 1 })),
    },
    {
      name: "multivisor_supervisor_link_changed_timestamp_seconds",
      type: "gauge",
      help: "Since when the link is as it is, unix time of the hub.",
      samples: each(({ link }) => link.sinceMs / 1_000),
    },
    {
      name: "multivisor_supervisor_link_failures_total",
      type: "counter",
      help: "How often the supervisord was lost since the hub was started.",
      samples: each(({ name }) => counters.linkDowns(name)),
    },
    {
      name: "multivisor_supervisor_clock_offset_seconds",
      type: "gauge",
      help: "The clock of the host minus that of the hub.",
      samples: each(({ clockOffsetMs }) => (clockOffsetMs === null ? null : clockOffsetMs / 1_000)),
    },
    {
      name: "multivisor_supervisor_processes",
      type: "gauge",
      help: "How many processes are in each state; UNKNOWN those of a host that is not reached.",
      samples: supervisors.flatMap(countsOf),
    },
  ];
}

const infoOf = ({ name, linkKind, agentVersion, facts }: Supervisor) => ({
  ...{ supervisor: name, link: linkKind, agent_version: agentVersion ?? "" },
  supervisor_version: facts?.supervisorVersion ?? "",
});

function countsOf({ name, link, processes }: Supervisor): Sample[] {
  const counts = new Map<string, number>(PROCESS_STATE_NAMES.map((state) => [state, 0]));
  for (const process of processes.values()) {
    const state = link.status === "live" ? process.state : "UNKNOWN";
    counts.set(state, (counts.get(state) ?? 0) + 1);
  }
  return [...counts].map(([state, value]) => ({ labels: { supervisor: name, state }, value }));
}
