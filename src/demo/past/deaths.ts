import type { Evidence } from "../../domain/evidence.ts";
import type { Random } from "../random.ts";
import { pick } from "./chance.ts";

/** How a process ends that nobody ended. */
export type DeathKind = {
  readonly exitCode: number | null;
  readonly signal: string | null;
  /** its last words; NAME is its name */
  readonly stderr: string;
  /** of the memory that it had begun with */
  readonly rssTimes: number;
};

const SUDDEN: readonly [DeathKind, ...DeathKind[]] = [
  { exitCode: 3, signal: null, rssTimes: 1.2, stderr: "NAME: lost the connection to the controller\n" },
  {
    ...{ exitCode: 1, signal: null, rssTimes: 1.1 },
    stderr:
      'Traceback (most recent call last):\n  File "/opt/beamline/NAME.py", line 214, in poll\n    value = self.device.read()\nTimeoutError: no answer within 3 s\n',
  },
  { exitCode: null, signal: "SIGSEGV", rssTimes: 1.3, stderr: "" },
  { exitCode: null, signal: "SIGKILL", rssTimes: 6, stderr: "NAME: warning: queue holds 48211 frames\n" },
  { exitCode: 111, signal: null, rssTimes: 1, stderr: "NAME: connect to 192.0.2.17:5000: connection refused\n" },
];

export const suddenDeath = (random: Random): DeathKind => pick(random, SUDDEN);
export const NO_LICENCE: DeathKind = { exitCode: 1, signal: null, rssTimes: 1, stderr: "NAME: no licence found\n" };

/** @param process whose death it is */
export const evidenceOf = (
  { exitCode, signal, stderr, rssTimes }: DeathKind,
  process: { readonly name: string; readonly rssBytes: number },
  ranMs: number,
): Evidence => ({
  ...{ exitCode, signal, ranMs, stdoutTail: "" },
  stderrTail: stderr.replaceAll("NAME", process.name),
  rssBytes: Math.round(process.rssBytes * rssTimes),
});
