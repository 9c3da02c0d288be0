import type { Random } from "../random.ts";

/** What supervisord.conf says of a program, and what the program itself is like. Times in milliseconds. */
export type SimulatedProgram = {
  readonly group: string;
  readonly name: string;
  readonly autostart: boolean;
  readonly autorestart: "true" | "false" | "unexpected";
  readonly startsecs: number;
  readonly startretries: number;
  /** exec fails: no process is made */
  readonly spawnFails: boolean;
  /** how long one run lasts; null: until it is stopped or killed */
  readonly runMs: (() => number) | null;
  readonly exitCode: number;
  /** from SIGTERM to its end */
  readonly stopMs: number;
};

const GROUPS = ["PLC", "Motion", "Vacuum", "Detector", "Archiver", "BeamViewer", "Scan"] as const;

/** Nothing happens to it by itself. */
export const isSteady = (program: SimulatedProgram): boolean =>
  program.autostart && !program.spawnFails && program.runMs === null;

const steady = (group: string, name: string): SimulatedProgram => ({
  group,
  name,
  autostart: true,
  autorestart: "true",
  startsecs: 1,
  startretries: 3,
  spawnFails: false,
  runMs: null,
  exitCode: 0,
  stopMs: 50,
});

/** The agent's own place: part of what supervisord lists. */
export const agentProgram = ({ group, name }: { group: string; name: string }): SimulatedProgram => steady(group, name);

/** Some in every fleet are not as they should be; the same seed makes the same ones. */
function peculiarity(random: Random): Partial<SimulatedProgram> {
  const dice = random();
  if (dice < 0.01) return { runMs: () => 20_000 + random() * 60_000, exitCode: 3 };
  if (dice < 0.015) return { runMs: () => 100, exitCode: 1 };
  if (dice < 0.02) return { spawnFails: true };
  if (dice < 0.04) return { autostart: false };
  if (dice < 0.06) return { stopMs: 4_000 };
  if (dice < 0.07) return { runMs: () => 3_000, autorestart: "unexpected" };
  return {};
}

/** @param peculiar false: all are as they should be */
export function simulatedPrograms(count: number, random: Random, peculiar = true): SimulatedProgram[] {
  return Array.from({ length: count }, (_, i) => {
    const group = GROUPS[i % GROUPS.length] ?? "PLC";
    const name = `${group.toLowerCase()}${String(Math.floor(i / GROUPS.length) + 1).padStart(2, "0")}`;
    return { ...steady(group, name), ...(peculiar ? peculiarity(random) : {}) };
  });
}
