/** The programs of the demo: small /bin/sh scripts, because they only have to look alive. `$1` is the program's name. */
export const SCRIPTS = {
  // one line a minute, ends at once
  worker: `echo "$1 started with pid $$"
while :; do sleep 60; echo "$1 alive"; done`,

  // works for 20 to 79 seconds, then dies of something unforeseen
  crashing: `echo "$1 started with pid $$"
sleep $(( 20 + $$ % 60 ))
echo "$1: lost the connection to the controller" >&2
exit 3`,

  // cannot start: BACKOFF, then FATAL
  broken: `echo "$1: no licence found" >&2
exit 1`,

  // 200 lines a second
  chatty: `n=0
while :; do
  i=0
  while [ $i -lt 200 ]; do n=$((n + 1)); i=$((i + 1)); echo "$n $1 frame ok, 2048 x 2048, exposure 12.5 ms"; done
  sleep 1
done`,

  // a complaint every few seconds on stderr
  complaining: `while :; do sleep 7; echo "$1: warning: temperature readback is 3 s old" >&2; done`,

  // needs six seconds to put things away
  slow: `trap 'echo "$1: parking motors"; sleep 6; echo "$1: parked"; exit 0' TERM
echo "$1 started with pid $$"
while :; do sleep 1; done`,

  // does its work and is done
  once: `echo "$1: 12 files removed"
sleep 3`,
} as const;

export type ScriptName = keyof typeof SCRIPTS;

export const scriptText = (name: ScriptName): string => `#!/bin/sh\n${SCRIPTS[name]}\n`;
