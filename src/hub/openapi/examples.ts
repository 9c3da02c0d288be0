import type {
  HubData,
  HubProcess,
  HubProcessInfo,
  HubStats,
  HubSupervisor,
  HistoryPage as Page,
} from "../../protocol/hub.ts";
import type { HistorySummary, HistoryTimeline } from "../../protocol/hub-history.ts";

/** What the description of the API shows of answers; a test holds them against the schemas. */

const NOW_S = 1_795_376_051;
const NOW_MS = NOW_S * 1_000 + 529;
const UID = "lid001:Detector:eiger";
const GAVE_UP = "Exited too quickly (process log may have details)";

export const PROCESS: HubProcess = {
  ...{ uid: UID, full_name: "Detector:eiger", group: "Detector", name: "eiger", supervisor: "lid001" },
  ...{ host: "lid001.example.org", state: 200, statename: "FATAL", running: false, pid: 0 },
  ...{ start: NOW_S - 3, stop: NOW_S, now: NOW_S, exitstatus: 1, spawnerr: GAVE_UP, description: GAVE_UP },
  ...{ logfile: "/var/log/eiger.log", stdout_logfile: "/var/log/eiger.log", stderr_logfile: "/var/log/eiger.err" },
  ...{ since: NOW_MS, tries: null, expected: null, is_agent: false, cause: "exit 1" },
};

const EVIDENCE = {
  ...{ exit_code: 1, signal: null, ran_ms: 1_004, rss_bytes: 18_874_368 },
  ...{ stderr_tail: "eiger: no licence found\n", stdout_tail: "" },
};

export const SUPERVISOR: HubSupervisor = {
  ...{ name: "lid001", url: "lid001:9002", host: "lid001.example.org", running: true, pid: 812 },
  ...{ identification: "supervisor", api_version: "3.0", supervisor_version: "4.2.5", version: null },
  link: {
    ...{ kind: "agent", status: "live", since: NOW_MS - 60_000, reason: null },
    ...{ allow: ["read", "logs", "process", "supervisor"], secured: "tls", cannot: [] },
  },
  ...{ agent_version: "7.0.0", clock_offset_ms: -1, processes: { [UID]: PROCESS } },
};

export const DATA: HubData = { name: "plant", supervisors: { lid001: SUPERVISOR } };

export const PROCESS_INFO: HubProcessInfo = {
  ...PROCESS,
  evidence: EVIDENCE,
  resources: { at: NOW_MS, cpu: 3.1, rss_bytes: 18_874_368, processes: 2, files: 17 },
};

export const STATS: HubStats = {
  ...{ uid: UID, from: NOW_MS - 10_000, to: NOW_MS, step_ms: 5_000 },
  ...{ at: [NOW_MS - 10_000, NOW_MS - 5_000], cpu: [2.9, 3.1], cpu_max: [3.3, 3.4] },
  ...{ rss_bytes: [18_800_000, 18_874_368], processes: [2, 2], files: [17, 17] },
};

export const LOG_PAGE = {
  ...{ uid: UID, channel: "stderr", offset: 0, end: 24, size: 24, previous: null },
  ...{ next: "1ajih.dn38akok22lh:24", source: "file", text: "eiger: no licence found\n" },
} as const;

export const LOG_MATCHES = {
  ...{ uid: UID, channel: "stderr" },
  matches: [{ offset: 0, cursor: "1ajih.dn38akok22lh:0", line: "eiger: no licence found", before: [], after: [] }],
  ...{ size: 24, complete: true, stopped: null, previous: null, searchedBytes: 24, source: "file" },
} as const;

export const ACTION = {
  ...{ id: "630a5baa-13d0-404c-8427-49584fbfecd5", action: "restart", user: "ann", targets: ["Detector:*"] },
  ...{ started: NOW_MS, finished: NOW_MS + 1_020, status: "done", error: null },
  ...{ results: [{ uid: UID, ok: true, state: "RUNNING" }], waiting: [] },
} as const;

export const HISTORY: Page = {
  items: [
    {
      ...{ id: 891_556_165_750_784, kind: "transition", at: NOW_MS, supervisor: "lid001", uid: UID },
      ...{ group: "Detector", name: "eiger", from_state: "BACKOFF", to_state: "FATAL", expected: null, pid: null },
      ...{ spawnerr: GAVE_UP, sampled: false, tries: null, cause: "crash", evidence: EVIDENCE },
    },
  ],
  next: null,
};

const FIGURES = {
  ...{ processes: 1, up_percent: 99.9, down_percent: 0.1, stopped_percent: 0, unknown_percent: 0 },
  ...{ availability_percent: 99.9, up_ms: 86_313_600, down_ms: 86_400, stopped_ms: 0, unknown_ms: 0 },
  ...{ restarts: 1, crashes: 1, mtbf_ms: 86_313_600, longest_outage_ms: 86_400, last_crash: NOW_MS },
};

export const SUMMARY: HistorySummary = {
  ...{ from: NOW_MS - 86_400_000, to: NOW_MS, by: "process", total: FIGURES, more: 0 },
  rows: [{ key: UID, ...FIGURES }],
};

export const TIMELINE: HistoryTimeline = {
  ...{ uid: UID, from: NOW_MS - 3_600_000, to: NOW_MS, known_until: NOW_MS },
  intervals: [
    { from: NOW_MS - 3_600_000, to: NOW_MS - 6_000, kind: "up", state: "RUNNING", joined: 1 },
    { from: NOW_MS - 6_000, to: NOW_MS, kind: "down", state: "FATAL", joined: 10 },
  ],
};

/** One message as it comes. */
export const STREAM = `id: 1f0c7a2e:42
data: ${JSON.stringify({ event: "process_changed", payload: PROCESS })}

`;
