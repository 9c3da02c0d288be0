import { createBroadcast } from "../../lib/broadcast.ts";
import type { RawEvent } from "../../supervisord/event-reader.ts";
import type { Random } from "../random.ts";
import { createEventPool, type EventPool } from "./event-pool.ts";
import { createHostClock, type HostClock } from "./host-clock.ts";
import { createSimulatedProcess, type SimulatedProcess } from "./process.ts";
import { isSteady, type SimulatedProgram } from "./program.ts";

export type Mood = "RUNNING" | "STOPPING" | "DOWN";
/** What it was told to do when all processes have ended. */
export type AfterStop = "restart" | "shutdown";

export type SimulatedSupervisord = {
  readonly identifier: string;
  readonly pid: () => number;
  readonly mood: () => Mood;
  readonly clock: HostClock;
  /** by namespec, in the order of getAllProcessInfo */
  readonly processes: () => ReadonlyMap<string, SimulatedProcess>;
  /** changes of state of its processes, all of which were announced */
  readonly transitions: () => number;
  readonly emit: (eventname: string, payload: string) => void;
  /** for the listener of the agent */
  readonly pool: Omit<EventPool, "emit">;
  /** Hears everything, always. */
  readonly subscribe: (listener: (event: Pick<RawEvent, "eventname" | "payload">) => void) => () => void;
  /** autostart */
  readonly boot: () => void;
  /** As it is after days: what is to run has been running, and nothing is told of it. */
  readonly settle: () => void;
  /** Stops all, and then does as told: XML-RPC's restart and shutdown. */
  readonly stop: (then: AfterStop) => void;
  /** The next transition of one of its processes, now. @returns false: there is none while it is down */
  readonly step: () => boolean;
  /** Killed with all of its processes: nobody tells of it. The next boot is that of another process. */
  readonly vanish: () => void;
  readonly close: () => void;
};

const TICK_MS = 5_000;
const STOP_POLL_MS = 100;
const MAX_AGE_S = 30 * 86_400;
/** Above what Linux gives: no process of this machine is taken for one of a simulated host. */
const FIRST_PID = 5_000_000;

type Options = {
  readonly identifier: string;
  readonly programs: readonly SimulatedProgram[];
  readonly random: Random;
  /** the section's name */
  readonly pool?: string;
  readonly clock?: HostClock;
  /** What comes after its end; default: a restart begins anew at once. */
  readonly onStopped?: (then: AfterStop) => void;
};

/** A supervisord without children: state machines, timers and the events that they make. */
export function createSimulatedSupervisord(options: Options): SimulatedSupervisord {
  const { identifier, programs, random, clock = createHostClock(), onStopped = onlyRestart } = options;
  const heard = createBroadcast<Pick<RawEvent, "eventname" | "payload">>();
  const { pool: poolName = "multivisor" } = options;
  const pool = createEventPool(poolName);
  let lastPid = FIRST_PID;
  let pid = FIRST_PID;
  let mood: Mood = "RUNNING";
  let transitions = 0;
  let stopping: Timer | undefined;
  let walking: SimulatedProcess | undefined;

  const emit = (eventname: string, payload: string) => {
    pool.emit(eventname, payload);
    heard.publish({ eventname, payload });
  };
  const create = (program: SimulatedProgram) =>
    createSimulatedProcess(program, {
      now: clock.now,
      nextPid: () => ++lastPid,
      onEnter({ from, to, detail }) {
        transitions++;
        const head = `processname:${program.name} groupname:${program.group} from_state:${from}`;
        emit(`PROCESS_STATE_${to}`, detail === "" ? head : `${head} ${detail}`);
      },
    });
  const sorted = [...programs].sort((a, b) => (`${a.group}:${a.name}` < `${b.group}:${b.name}` ? -1 : 1));
  const processes = new Map(sorted.map((p) => [`${p.group}:${p.name}`, create(p)] as const));
  const all = [...processes.values()];
  const steady = all.filter(({ program }) => isSteady(program) && program.group !== poolName);

  const boot = () => {
    mood = "RUNNING";
    pool.begin();
    emit("SUPERVISOR_STATE_CHANGE_RUNNING", "");
    for (const process of all) if (process.program.autostart) process.start();
  };
  function onlyRestart(then: AfterStop) {
    if (then === "restart") boot();
  }
  const tick = () => {
    if (mood === "RUNNING") emit("TICK_5", `when:${Math.floor(clock.now() / TICK_MS) * 5}`);
  };
  let ticking: Timer | undefined;
  // Not all hosts of a fleet at the same moment.
  const firstTick = setTimeout(() => {
    tick();
    ticking = setInterval(tick, TICK_MS);
  }, random() * TICK_MS);

  return {
    ...{ identifier, clock, emit, pool, boot },
    pid: () => pid,
    transitions: () => transitions,
    mood: () => mood,
    processes: () => processes,
    subscribe: heard.subscribe,
    settle() {
      const now = Math.floor(clock.now() / 1_000);
      const age = Math.floor(random() * MAX_AGE_S);
      for (const process of all) {
        if (isSteady(process.program)) process.settle(now - Math.floor(age * Math.min(1, 0.5 + random())));
        else if (process.program.autostart) process.start();
      }
    },
    stop(then) {
      mood = "STOPPING";
      emit("SUPERVISOR_STATE_CHANGE_STOPPING", "");
      for (const process of all) if (isUp(process)) process.stop();
      clearInterval(stopping);
      stopping = setInterval(() => {
        if (!all.every(isDown)) return;
        clearInterval(stopping);
        mood = "DOWN";
        onStopped(then);
      }, STOP_POLL_MS);
    },
    step() {
      if (mood !== "RUNNING") return false;
      if (walking === undefined || walking.state() === "RUNNING")
        walking = steady[Math.floor(random() * steady.length)];
      walking?.step();
      return walking !== undefined;
    },
    vanish() {
      clearInterval(stopping);
      mood = "DOWN";
      pid = ++lastPid;
      for (const process of all) process.vanish();
    },
    close() {
      clearInterval(stopping);
      clearTimeout(firstTick);
      clearInterval(ticking);
      for (const process of all) process.close();
    },
  };
}

const isUp = (process: SimulatedProcess) => ["RUNNING", "STARTING", "BACKOFF"].includes(process.state());
const isDown = (process: SimulatedProcess) => ["STOPPED", "EXITED", "FATAL"].includes(process.state());
