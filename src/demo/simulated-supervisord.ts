import { createBroadcast } from "../lib/broadcast.ts";
import type { RawEvent } from "../supervisord/event-reader.ts";
import type { Random } from "./random.ts";
import { createSimulatedProcess, type SimulatedProcess } from "./simulated-process.ts";
import type { SimulatedProgram } from "./simulated-program.ts";

export type SimulatedSupervisord = {
  readonly identifier: string;
  readonly pid: number;
  readonly mood: () => "RUNNING" | "STOPPING";
  /** by namespec, in the order of getAllProcessInfo */
  readonly processes: () => ReadonlyMap<string, SimulatedProcess>;
  readonly emit: (eventname: string, payload: string) => void;
  readonly subscribe: (listener: (event: RawEvent) => void) => () => void;
  /** autostart */
  readonly boot: () => void;
  /** stops all, then starts anew: what XML-RPC's restart does */
  readonly restart: () => void;
  readonly close: () => void;
};

const TICK_MS = 5_000;
/** mean time between two accidents on one host */
const ACCIDENT_MS = 120_000;
const FIRST_PID = 1_000;

type Options = {
  readonly identifier: string;
  readonly programs: readonly SimulatedProgram[];
  readonly random: Random;
  /** process id to begin with */
  readonly basePid?: number;
};

/** A supervisord without children: state machines, timers and the events that they make. */
export function createSimulatedSupervisord({ identifier, programs, random, basePid }: Options): SimulatedSupervisord {
  const listeners = createBroadcast<RawEvent>();
  const pid = basePid ?? FIRST_PID;
  let lastPid = pid;
  let serial = 0;
  let poolserial = 0;
  let mood: "RUNNING" | "STOPPING" = "RUNNING";
  let restarting: Timer | undefined;
  const emit = (eventname: string, payload: string) =>
    listeners.publish({
      ...{ serial: serial++, pool: "multivisor", poolserial: poolserial++ },
      ...{ eventname, length: payload.length, payload },
    });

  const create = (program: SimulatedProgram) =>
    createSimulatedProcess(program, {
      nextPid: () => ++lastPid,
      onEnter({ from, to, detail }) {
        const head = `processname:${program.name} groupname:${program.group} from_state:${from}`;
        emit(`PROCESS_STATE_${to}`, detail === "" ? head : `${head} ${detail}`);
      },
    });
  const sorted = [...programs].sort((a, b) => (`${a.group}:${a.name}` < `${b.group}:${b.name}` ? -1 : 1));
  const processes = new Map(sorted.map((p) => [`${p.group}:${p.name}`, create(p)] as const));

  const boot = () => {
    mood = "RUNNING";
    emit("SUPERVISOR_STATE_CHANGE_RUNNING", "");
    for (const process of processes.values()) if (process.program.autostart) process.start();
  };
  const timers = [
    setInterval(() => emit("TICK_5", `when:${Math.floor(Date.now() / TICK_MS) * 5}`), TICK_MS),
    setInterval(() => maybeAccident([...processes.values()], random), 1_000),
  ];
  return {
    identifier,
    pid,
    mood: () => mood,
    processes: () => processes,
    emit,
    subscribe: listeners.subscribe,
    boot,
    restart() {
      mood = "STOPPING";
      emit("SUPERVISOR_STATE_CHANGE_STOPPING", "");
      stopAll(processes);
      clearInterval(restarting);
      restarting = setInterval(() => {
        if (!allQuiet(processes)) return;
        clearInterval(restarting);
        poolserial = 0;
        boot();
      }, 100);
    },
    close() {
      clearInterval(restarting);
      for (const timer of timers) clearInterval(timer);
      for (const process of processes.values()) process.close();
    },
  };
}

/** Once in ACCIDENT_MS on average a process is killed by something from outside. */
function maybeAccident(processes: readonly SimulatedProcess[], random: Random): void {
  if (random() > 1_000 / ACCIDENT_MS) return;
  const running = processes.filter(
    (process) => process.state() === "RUNNING" && process.program.group !== "multivisor",
  );
  running[Math.floor(random() * running.length)]?.kill();
}

function stopAll(processes: ReadonlyMap<string, SimulatedProcess>): void {
  for (const process of processes.values())
    if (["RUNNING", "STARTING", "BACKOFF"].includes(process.state())) process.stop();
}

const allQuiet = (processes: ReadonlyMap<string, SimulatedProcess>): boolean =>
  [...processes.values()].every((p) => ["STOPPED", "EXITED", "FATAL"].includes(p.state()));
