import { sleep } from "../../src/lib/sleep.ts";
import { waitFor } from "../../test/support/wait-for.ts";
import type { Dice } from "../dice.ts";
import { WORKERS } from "./programs.ts";
import type { Stage } from "./stage.ts";

/** What the caller was told: it was done, it was not, or nobody can say. */
export type Told = "done" | "failed" | "unknown";

/** One order that was given through the hub, with what supervisord itself said around it. */
export type Order = {
  readonly host: string;
  readonly worker: string;
  readonly action: "start" | "stop" | "restart";
  readonly told: Told;
  readonly answer: string;
  /** monotonic milliseconds of the answer */
  readonly atMs: number;
  /** how many runs the worker had begun just before the order, when it was answered, and just before the next one */
  readonly startsBefore: number;
  readonly startsAtAnswer: number;
  startsInTheEnd: number;
};

/** supervisord was asked, did what it could, and that did not come out well. */
const TRIED = new Set(["ABNORMAL_TERMINATION", "SPAWN_ERROR"]);

type Result = { readonly ok: boolean; readonly code?: string; readonly message?: string; readonly pending?: true };

function toldBy(result: Result | undefined): Told {
  if (result === undefined) return "failed"; // refused as a whole: nothing was tried
  if (result.ok) return "done";
  const nobodyKnows = result.pending || TRIED.has(result.code ?? "") || /not known/.test(result.message ?? "");
  return nobodyKnows ? "unknown" : "failed";
}

async function give({ hub }: Stage, action: Order["action"], uid: string): Promise<{ told: Told; answer: string }> {
  try {
    const response = await fetch(`${hub.url}/api/process/${action}`, {
      method: "POST",
      body: new URLSearchParams({ uid }),
      headers: { accept: "application/json" },
      signal: AbortSignal.timeout(45_000),
      keepalive: false,
    });
    const answer = await response.text();
    return { told: toldBy((JSON.parse(answer) as { results?: Result[] }).results?.[0]), answer };
  } catch (error) {
    return { told: "unknown", answer: String(error) };
  }
}

const PAUSE_MS = 400;
const CYCLE = ["start", "restart", "stop"] as const;

/** Gives orders to every worker of every host, one after the other, until the signal; returns all of them. */
export async function giveOrders(stage: Stage, dice: Dice, signal: AbortSignal): Promise<Order[]> {
  const hosts = ["alpha", "beta", "gamma"] as const;
  const all = hosts.flatMap((host) =>
    WORKERS.map((worker) => ordersOf(stage, { host, worker }, dice.for(`${host} ${worker}`), signal)),
  );
  return (await Promise.all(all)).flat();
}

type Whom = { readonly host: "alpha" | "beta" | "gamma"; readonly worker: string };

async function ordersOf(stage: Stage, { host, worker }: Whom, dice: Dice, signal: AbortSignal): Promise<Order[]> {
  const orders: Order[] = [];
  const starts = () => countStarts(stage, { host, worker });
  for (let i = dice.between(0, CYCLE.length); !signal.aborted; i++) {
    await sleep(dice.between(PAUSE_MS, 4 * PAUSE_MS), signal);
    const startsBefore = await starts();
    const last = orders.at(-1);
    if (last !== undefined) last.startsInTheEnd = startsBefore;
    if (signal.aborted) break;
    const action = CYCLE[i % CYCLE.length] ?? "start";
    const { told, answer } = await give(stage, action, `${host}:worker:${worker}`);
    const atMs = performance.now();
    const startsAtAnswer = await starts();
    orders.push({
      ...{ host, worker, action, told, answer, atMs },
      startsBefore,
      startsAtAnswer,
      startsInTheEnd: startsAtAnswer,
    });
  }
  return orders;
}

/** A run that supervisord has begun has written its process id soon. */
async function countStarts(stage: Stage, { host, worker }: Whom): Promise<number> {
  const pid = await waitFor(`supervisord ${host} to tell of ${worker}`, () => runningPid(stage, host, worker), 60_000);
  const { starts } = stage[host];
  if (pid !== "none") await waitFor(`${worker} of ${host} to write down ${pid}`, () => starts(worker).includes(pid));
  return starts(worker).length;
}

async function runningPid(stage: Stage, host: Whom["host"], worker: string): Promise<number | "none"> {
  const pid = await stage[host].pidOf(`worker:${worker}`);
  return pid === 0 ? "none" : pid;
}
