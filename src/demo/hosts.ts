import type { ScriptName } from "./scripts.ts";

/** One [program:x] of a demo host; `options` are keys of supervisord.conf. */
export type DemoProgram = {
  readonly name: string;
  readonly script: ScriptName;
  readonly options?: Readonly<Record<string, string>>;
};

export type DemoHost = {
  readonly name: string;
  /** the same group may be on several hosts */
  readonly groups: Readonly<Record<string, readonly DemoProgram[]>>;
};

const worker = (name: string): DemoProgram => ({ name, script: "worker" });
const crashing = (name: string): DemoProgram => ({ name, script: "crashing", options: { autorestart: "true" } });

const NUMBERED = { numprocs: "4", process_name: "%(program_name)s-%(process_num)d" };

/** Three hosts of a beamline: together 26 processes, of which some are in trouble as some always are. */
export const DEMO_HOSTS: readonly DemoHost[] = [
  {
    name: "lid001",
    groups: {
      PLC: [worker("wcid00a"), worker("wcid00b"), worker("wcid00c")],
      Motion: [worker("icepap1"), { name: "slits", script: "slow", options: { stopwaitsecs: "20" } }],
      Vacuum: [worker("pumps"), crashing("gauges")],
      Archiver: [worker("archiver"), { name: "cleanup", script: "once", options: { autorestart: "unexpected" } }],
    },
  },
  {
    name: "lid002",
    groups: {
      PLC: [worker("wcid00d"), worker("wcid00e")],
      Motion: [worker("icepap2"), { name: "monochromator", script: "complaining" }],
      Vacuum: [worker("valves"), { name: "simulator", script: "worker", options: { autostart: "false" } }],
      Detector: [
        { name: "eiger", script: "broken", options: { startsecs: "2" } },
        { name: "frames", script: "chatty", options: { stdout_logfile_maxbytes: "1MB", stdout_logfile_backups: "2" } },
      ],
    },
  },
  {
    name: "baslid001",
    groups: {
      BeamViewer: [
        worker("basler_mbv1"),
        worker("basler_mbv2"),
        { name: "basler_mbv3", script: "worker", options: NUMBERED },
      ],
      Archiver: [worker("uploader")],
      Detector: [{ name: "focus", script: "crashing", options: { autorestart: "true", startretries: "5" } }],
    },
  },
];
