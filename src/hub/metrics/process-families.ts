import { type Namespec, namespec, type SupervisorName } from "../../domain/names.ts";
import type { FleetProcess } from "../../domain/process.ts";
import type { FleetView } from "../fleet-view.ts";
import type { Counters } from "./counters.ts";
import type { Family, Sample } from "./exposition.ts";

/** What a process uses now; null: not known. */
export type UsageOf = (
  supervisor: SupervisorName,
  process: Namespec,
  hostNowMs: number,
) => { readonly cpu: number | null; readonly rssBytes: number | null } | null;

type Deps = { readonly view: FleetView; readonly counters: Counters; readonly usage: UsageOf; readonly nowMs: number };

/** One series a process in each; nothing that changes with every run (no pids) is a label. */
export function processFamilies({ view, counters, usage, nowMs }: Deps): Family[] {
  const live = [...view.supervisors().values()].filter(({ link }) => link.status === "live");
  const processes = live.flatMap((supervisor) => [...supervisor.processes.values()]);
  const labels = ({ supervisor, group, name }: FleetProcess) => ({ supervisor, group, process: name });
  const each = (value: (process: FleetProcess) => number | null): Sample[] =>
    processes.flatMap((process) => {
      const known = value(process);
      return known === null ? [] : [{ labels: labels(process), value: known }];
    });
  const counted = (pick: (counts: NonNullable<ReturnType<Counters["of"]>>) => number) =>
    each((process) => {
      const counts = counters.of(process.uid);
      return counts === undefined ? 0 : pick(counts);
    });
  const exits = (kind: string, samples: readonly Sample[]): Sample[] =>
    samples.map(({ labels: own, value }) => ({ labels: { ...own, kind }, value }));
  const offsets = new Map(live.map(({ name, clockOffsetMs }) => [name, clockOffsetMs ?? 0]));
  const used = (process: FleetProcess) =>
    usage(process.supervisor, namespec(process.group, process.name), nowMs + (offsets.get(process.supervisor) ?? 0));

  return [
    {
      name: "multivisor_process_state",
      type: "gauge",
      help: "1 for the state that supervisord reports of the process.",
      samples: processes.map((process) => ({ labels: { ...labels(process), state: process.state }, value: 1 })),
    },
    {
      name: "multivisor_process_up",
      type: "gauge",
      help: "Whether the process is RUNNING.",
      samples: each(({ state }) => (state === "RUNNING" ? 1 : 0)),
    },
    {
      name: "multivisor_process_start_time_seconds",
      type: "gauge",
      help: "When the running process was started, unix time of its host.",
      samples: each(({ state, startMs }) => (state === "RUNNING" && startMs !== null ? startMs / 1_000 : null)),
    },
    {
      name: "multivisor_process_starts_total",
      type: "counter",
      help: "How often the process was started since the hub was.",
      samples: counted(({ starts }) => starts),
    },
    {
      name: "multivisor_process_exits_total",
      type: "counter",
      help: "How often the process ended by itself since the hub was started: expected and unexpected by its exitcodes, too_early before its startsecs.",
      samples: [
        ...exits(
          "expected",
          counted(({ expected }) => expected),
        ),
        ...exits(
          "unexpected",
          counted(({ unexpected }) => unexpected),
        ),
        ...exits(
          "too_early",
          counted(({ tooEarly }) => tooEarly),
        ),
      ],
    },
    {
      name: "multivisor_process_cpu_usage_ratio",
      type: "gauge",
      help: "Cores that the process and its children used lately, 1 is one core.",
      samples: each((process) => {
        const cpu = used(process)?.cpu ?? null;
        return cpu === null ? null : cpu / 100;
      }),
    },
    {
      name: "multivisor_process_resident_memory_bytes",
      type: "gauge",
      help: "Resident memory of the process and its children.",
      samples: each((process) => used(process)?.rssBytes ?? null),
    },
  ];
}
