import { MultivisorError } from "../../domain/errors.ts";
import { isStarted, type ProcessStateName } from "../../domain/states.ts";
import type { SimulatedProgram } from "./program.ts";

/** A state entered; `detail` is the end of the event's payload as supervisord words it. */
export type Entered = { readonly from: ProcessStateName; readonly to: ProcessStateName; readonly detail: string };

export type SimulatedProcess = {
  readonly program: SimulatedProgram;
  readonly state: () => ProcessStateName;
  /** supervisord's own fields: epoch seconds, 0 for none */
  readonly facts: () => { pid: number; start: number; stop: number; spawnerr: string; exitstatus: number };
  /** @throws ALREADY_STARTED */
  readonly start: () => void;
  /** @throws NOT_RUNNING */
  readonly stop: () => void;
  /** ends at once, as by a signal. @throws NOT_RUNNING */
  readonly kill: () => void;
  /** The next transition of a life without end, now: RUNNING, EXITED as expected, STARTING, RUNNING. */
  readonly step: () => void;
  /** Has been RUNNING since then (epoch seconds), without a word. */
  readonly settle: (start: number) => void;
  /** Its supervisord was killed: no process any more, and nobody to tell of it. */
  readonly vanish: () => void;
  /** no more timers */
  readonly close: () => void;
};

type Deps = {
  readonly nextPid: () => number;
  readonly onEnter: (entered: Entered) => void;
  /** of its host, epoch ms */
  readonly now: () => number;
};

const NOTHING_YET = { pid: 0, start: 0, stop: 0, spawnerr: "", exitstatus: 0 } as const;

/** One process of a supervisord 4.2 (supervisor/process.py, class Subprocess), with timers in the place of a child. */
export function createSimulatedProcess(program: SimulatedProgram, { nextPid, onEnter, now }: Deps): SimulatedProcess {
  let state: ProcessStateName = "STOPPED";
  let facts: ReturnType<SimulatedProcess["facts"]> = NOTHING_YET;
  let backoff = 0;
  const timers = new Set<Timer>();

  const name = `${program.group}:${program.name}`;
  const nowS = () => Math.floor(now() / 1_000);
  const clear = () => {
    for (const timer of timers) clearTimeout(timer);
    timers.clear();
  };
  const after = (ms: number, act: () => void) => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      act();
    }, ms);
    timers.add(timer);
  };
  const enter = (to: ProcessStateName, detail = "") => {
    const from = state;
    state = to;
    onEnter({ from, to, detail });
  };

  function spawn() {
    clear();
    facts = { ...facts, start: nowS(), spawnerr: "", exitstatus: 0 };
    enter("STARTING", `tries:${backoff}`);
    if (program.spawnFails) return backOff(`can't find command '/opt/${program.name}'`);
    facts = { ...facts, pid: nextPid() };
    liveOn();
    after(program.startsecs * 1_000, running);
  }

  function liveOn() {
    if (program.runMs !== null) after(program.runMs(), () => exit(program.exitCode));
  }

  function running() {
    backoff = 0;
    enter("RUNNING", `pid:${facts.pid}`);
  }

  function backOff(spawnerr: string) {
    clear();
    backoff += 1;
    facts = { ...facts, pid: 0, stop: nowS(), spawnerr };
    enter("BACKOFF", `tries:${backoff}`);
    if (backoff <= program.startretries) return after(backoff * 1_000, spawn);
    enter("FATAL");
    backoff = 0;
  }

  /** @param code -1: by a signal */
  function exit(code: number) {
    if (state === "STARTING") return backOff("Exited too quickly (process log may have details)");
    clear();
    const { pid } = facts;
    facts = { ...facts, pid: 0, stop: nowS(), exitstatus: code };
    enter("EXITED", `expected:${code === 0 ? 1 : 0} pid:${pid}`);
    const again = program.autorestart === "true" || (program.autorestart === "unexpected" && code !== 0);
    if (again) after(0, spawn);
  }

  function exitQuietly() {
    const { pid } = facts;
    facts = { ...facts, pid: 0, stop: nowS(), exitstatus: 0 };
    enter("EXITED", `expected:1 pid:${pid}`);
  }

  function stopped() {
    const { pid } = facts;
    facts = { ...facts, pid: 0, stop: nowS(), exitstatus: program.exitCode };
    enter("STOPPED", `pid:${pid}`);
  }

  return {
    program,
    state: () => state,
    facts: () => facts,
    start() {
      if (isStarted(state)) throw new MultivisorError("ALREADY_STARTED", `ALREADY_STARTED: ${name}`);
      if (state === "STOPPING") throw new MultivisorError("FAILED", `FAILED: ${name} is in an unknown process state`);
      backoff = 0;
      spawn();
    },
    stop() {
      if (!isStarted(state)) throw new MultivisorError("NOT_RUNNING", `NOT_RUNNING: ${name}`);
      clear();
      if (state === "BACKOFF") return enter("STOPPED", "pid:0");
      enter("STOPPING", `pid:${facts.pid}`);
      after(program.stopMs, stopped);
    },
    kill() {
      if (facts.pid === 0) throw new MultivisorError("NOT_RUNNING", `NOT_RUNNING: ${name}`);
      if (state === "STOPPING") {
        clear();
        stopped();
      } else exit(-1);
    },
    step() {
      clear();
      if (state === "STARTING") running();
      else if (state === "STOPPING") stopped();
      else if (state === "RUNNING") exitQuietly();
      else spawn();
    },
    settle(start) {
      state = "RUNNING";
      facts = { ...NOTHING_YET, pid: nextPid(), start };
      liveOn();
    },
    vanish() {
      clear();
      state = "STOPPED";
      facts = NOTHING_YET;
      backoff = 0;
    },
    close: clear,
  };
}
