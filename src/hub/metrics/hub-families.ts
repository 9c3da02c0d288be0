import { VERSION } from "../../lib/build-info.ts";
import type { Counters } from "./counters.ts";
import { alone, type Family, type Sample } from "./exposition.ts";

/** What the hub knows of itself at this moment. */
export type HubInternals = {
  readonly streamReaders: number;
  readonly actionsRunning: number;
  readonly historyOk: boolean;
  /** by status code */
  readonly requests: ReadonlyMap<number, number>;
  /** by outcome: login, login_failed, … */
  readonly logins: ReadonlyMap<string, number>;
  readonly startedMs: number;
};

const gauge = (name: string, help: string, samples: readonly Sample[]): Family => ({
  name,
  type: "gauge",
  help,
  samples,
});
const counter = (name: string, help: string, samples: readonly Sample[]): Family => ({
  ...{ name, type: "counter", help, samples },
});

export function hubFamilies(counters: Counters, internals: HubInternals): Family[] {
  const cpu = process.cpuUsage();
  const by = (label: string, counts: ReadonlyMap<string | number, number>): Sample[] =>
    [...counts].map(([key, value]) => ({ labels: { [label]: String(key) }, value }));
  return [
    gauge("multivisor_build_info", "1, with the version of the hub.", [{ labels: { version: VERSION }, value: 1 }]),
    counter(
      "multivisor_fleet_changes_total",
      "Changes of the fleet that the hub has told of.",
      alone(counters.changes()),
    ),
    {
      name: "multivisor_event_lag_seconds",
      type: "histogram",
      help: "From what happened on a host to the hub's knowing of it, as well as the two clocks can tell.",
      samples: counters.lag.samples(),
    },
    gauge("multivisor_stream_readers", "Programs and pages that read /api/stream.", alone(internals.streamReaders)),
    gauge("multivisor_actions_running", "Actions whose outcome is not known yet.", alone(internals.actionsRunning)),
    gauge("multivisor_history_up", "Whether the history is being written.", alone(internals.historyOk ? 1 : 0)),
    counter("multivisor_http_requests_total", "Answers of the hub by status code.", by("code", internals.requests)),
    counter("multivisor_logins_total", "Logins, failed ones and logouts.", by("event", internals.logins)),
    counter("process_cpu_seconds_total", "CPU time of the hub.", alone((cpu.user + cpu.system) / 1e6)),
    gauge("process_resident_memory_bytes", "Resident memory of the hub.", alone(process.memoryUsage.rss())),
    gauge("process_start_time_seconds", "When the hub was started, unix time.", alone(internals.startedMs / 1_000)),
  ];
}
