import type { TestSupervisord } from "./supervisord.ts";

/**
 * Programs that live for a fifth of a second and are started again (group `restless`), and ten that wait to be started and
 * stopped (group `driven`).
 */
export function restless(count: number): string {
  const names = Array.from({ length: count }, (_, i) => `short${i}`);
  const driven = Array.from({ length: 10 }, (_, i) => `driven${i}`);
  const short = names.map(
    (name, i) =>
      `[program:${name}]\ncommand=/bin/sleep 0.${2 + (i % 3)}\nautorestart=true\nstartsecs=0\nstopsignal=KILL\nstdout_logfile=NONE\nstderr_logfile=NONE\n`,
  );
  const quiet = driven.map(
    (name) =>
      `[program:${name}]\ncommand=/bin/sleep 1000\nautostart=false\nstartsecs=0\nstopsignal=KILL\nstdout_logfile=NONE\nstderr_logfile=NONE\n`,
  );
  return `${short.join("")}${quiet.join("")}[group:restless]\nprograms=${names.join(",")}\n[group:driven]\nprograms=${driven.join(",")}\n`;
}

type Outcome = true | { faultCode: number };

/** Starts and stops the programs of `driven`, `pairs` times altogether, as fast as supervisord takes it. */
export async function drive({ rpc }: TestSupervisord, pairs: number): Promise<void> {
  const each = (method: string) =>
    rpc(
      "system.multicall",
      Array.from({ length: 10 }, (_, i) => ({ methodName: method, params: [`driven:driven${i}`, false] })),
    ) as Promise<Outcome[]>;
  const untilDone = async (method: string) => {
    for (let done = new Set<number>(); done.size < 10; ) {
      const outcomes = await each(method);
      // a process that is on its way to the state before is asked again
      done = new Set([...done, ...outcomes.flatMap((outcome, i) => (outcome === true ? [i] : []))]);
    }
  };
  for (let round = 0; round < pairs / 10; round++) {
    await untilDone("supervisor.startProcess");
    await untilDone("supervisor.stopProcess");
  }
}
