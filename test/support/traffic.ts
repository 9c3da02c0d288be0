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
  const group = names.length === 0 ? "" : `[group:restless]\nprograms=${names.join(",")}\n`;
  return `${short.join("")}${quiet.join("")}${group}[group:driven]\nprograms=${driven.join(",")}\n`;
}

/**
 * Starts and stops the programs of `driven`, `pairs` times altogether, as fast as supervisord takes it. supervisord answers
 * "true" to the start of a process that is STOPPING and does nothing, so what counts is the state.
 */
export async function drive({ rpc }: TestSupervisord, pairs: number): Promise<void> {
  const numbers = Array.from({ length: 10 }, (_, i) => i);
  const all = (method: string, ...more: boolean[]) =>
    rpc(
      "system.multicall",
      numbers.map((i) => ({ methodName: method, params: [`driven:driven${i}`, ...more] })),
    );
  const untilAll = async (method: string, statename: string) => {
    const deadline = Date.now() + 20_000;
    for (;;) {
      await all(method, false);
      const infos = (await all("supervisor.getProcessInfo")) as { statename: string }[];
      if (infos.every((info) => info.statename === statename)) return;
      if (Date.now() > deadline) throw new Error(`not all became ${statename}`);
    }
  };
  for (let round = 0; round < pairs / numbers.length; round++) {
    await untilAll("supervisor.startProcess", "RUNNING");
    await untilAll("supervisor.stopProcess", "STOPPED");
  }
}
