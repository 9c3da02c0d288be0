import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import type { SimulatedProcess } from "./process.ts";

export type Channel = "stdout" | "stderr";

/** The log files of one host. A file is made when somebody looks at it first, and grows from then on. */
export type SimulatedLogs = {
  /** where it is, or would be */
  readonly path: (process: SimulatedProcess, channel: Channel) => string;
  /** @returns its path; from now on there is a file */
  readonly look: (process: SimulatedProcess, channel: Channel) => string;
  readonly read: (process: SimulatedProcess, channel: Channel) => Buffer;
  readonly write: (process: SimulatedProcess, channel: Channel, text: string) => void;
  readonly clear: (process: SimulatedProcess) => void;
  readonly close: () => void;
};

const GROW_MS = 1_000;
const LINES_BEFORE = 200;
/** stdout_logfile_maxbytes, with one backup */
const MAX_BYTES = 1_000_000;

/** @param dir of this host @param now epoch ms, its clock */
export function createSimulatedLogs(dir: string, now: () => number): SimulatedLogs {
  const looked = new Map<string, () => void>();
  let growing: Timer | undefined;

  const path: SimulatedLogs["path"] = ({ program }, channel) =>
    join(dir, `${program.group}-${program.name}-${channel}.log`);
  const lineAt = ({ program }: SimulatedProcess, channel: Channel, ms: number) => {
    const n = Math.floor(ms / GROW_MS);
    const text = channel === "stderr" ? `warning: readback is ${n % 7} s old` : `step ${n} ok, ${n % 97} items`;
    return `${new Date(ms).toISOString()} ${program.name}: ${text}\n`;
  };
  const rotate = (file: string) => {
    if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > MAX_BYTES) renameSync(file, `${file}.1`);
  };
  const grow = (process: SimulatedProcess, channel: Channel) => {
    if (process.state() !== "RUNNING") return;
    if (channel === "stderr" && Math.floor(now() / GROW_MS) % 7 !== 0) return;
    rotate(path(process, channel));
    appendFileSync(path(process, channel), lineAt(process, channel, now()));
  };
  const look: SimulatedLogs["look"] = (process, channel) => {
    const file = path(process, channel);
    if (looked.has(file)) return file;
    looked.set(file, () => grow(process, channel));
    growing ??= setInterval(() => {
      for (const act of looked.values()) act();
    }, GROW_MS);
    mkdirSync(dirname(file), { recursive: true });
    const start = Math.max(process.facts().start * 1_000, now() - LINES_BEFORE * GROW_MS);
    const lines = Array.from({ length: Math.floor((now() - start) / GROW_MS) }, (_, i) =>
      lineAt(process, channel, start + i * GROW_MS),
    );
    if (!existsSync(file)) writeFileSync(file, process.facts().start === 0 ? "" : lines.join(""));
    return file;
  };
  return {
    path,
    look,
    read: (process, channel) => readFileSync(look(process, channel)),
    write: (process, channel, text) => appendFileSync(look(process, channel), text),
    clear(process) {
      for (const channel of ["stdout", "stderr"] as const) truncateSync(look(process, channel));
    },
    close: () => clearInterval(growing),
  };
}
