import { writeFileSync } from "node:fs";
import type { TestPlace } from "../../test/support/test-place.ts";

const RESTLESS = 4;
export const WORKERS = ["w1", "w2", "w3"] as const;

const quiet = "stdout_logfile=NONE\nstderr_logfile=NONE\n";

/**
 * Of each host: `restless`, which come and go by themselves; `worker`, which are started and stopped through the hub and write
 * down each start, process id by process id; and a talker, whose log is rotated as fast as it writes.
 */
export function programsOf(
  place: TestPlace,
  host: string,
): { readonly text: string; readonly starts: (name: string) => string } {
  const script = place.path("worker.sh");
  writeFileSync(script, 'echo $$ >> "$1"\nexec sleep 100000\n');
  const talk = place.path("talker.sh");
  writeFileSync(talk, "n=0\nwhile :; do n=$((n+1)); echo line $n; done\n");
  const starts = (name: string) => place.path(`${host}-${name}.starts`);
  const restless = Array.from({ length: RESTLESS }, (_, i) => `r${i + 1}`);
  const section = (name: string, command: string, more: string) =>
    `[program:${name}]\ncommand=${command}\nstartsecs=0\nstopsignal=KILL\n${more}`;
  const text = [
    ...restless.map((name, i) => section(name, `/bin/sleep 0.${3 + i}`, `autorestart=true\n${quiet}`)),
    `[group:restless]\nprograms=${restless.join(",")}\n`,
    ...WORKERS.map((name) =>
      section(name, `/bin/sh ${script} ${starts(name)}`, `autostart=false\nautorestart=false\n${quiet}`),
    ),
    `[group:worker]\nprograms=${WORKERS.join(",")}\n`,
    section(
      "talker",
      `/bin/sh ${talk}`,
      "autostart=false\nautorestart=false\nstdout_logfile_maxbytes=200KB\nstdout_logfile_backups=2\n",
    ),
  ].join("\n");
  return { text, starts };
}
