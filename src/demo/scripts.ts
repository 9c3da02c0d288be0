/** A line as most programs write it: when, how bad, what. */
const SAY = `say() { date "+%F %T $*"; }`;

/** The programs of the demo: small /bin/sh scripts, because they only have to look alive. `$1` is the program's name. */
export const SCRIPTS = {
  // a line every few seconds, a few of them warnings in colour; ends at once
  worker: `${SAY}
yellow=$(printf '\\033[33m') plain=$(printf '\\033[0m')
say "INFO  $1 started with pid $$"
say "INFO  configuration read, 48 tags"
say "INFO  connected to the controller in 14 ms"
n=$$
while :; do
  sleep $((2 + n % 3))
  n=$((n + 1))
  case $((n % 11)) in
    2) say "INFO  $((200 + n % 97)) values archived" ;;
    5) say "\${yellow}WARN\${plain}  tag $((n % 48)) answered late, after $((180 + n % 90)) ms" ;;
    8) say "INFO  alive, queue empty" ;;
    *) say "INFO  48 tags read in $((7 + n * 5 % 9)) ms" ;;
  esac
done`,

  // works for 20 to 79 seconds, then dies of something unforeseen
  crashing: `${SAY}
say "INFO  $1 started with pid $$"
sleep $(( 20 + $$ % 60 ))
say "INFO  controller does not answer, trying again"
echo "$1: lost the connection to the controller" >&2
exit 3`,

  // cannot start: BACKOFF, then FATAL
  broken: `echo "$1: no licence found" >&2
exit 1`,

  // 200 lines a second
  chatty: `n=0
while :; do
  i=0 now=$(date "+%F %T")
  while [ $i -lt 200 ]; do
    n=$((n + 1)) i=$((i + 1))
    echo "$now INFO  frame $n ok, 2048 x 2048, exposure 12.5 ms"
  done
  sleep 1
done`,

  // a complaint every few seconds on stderr
  complaining: `${SAY}
say "INFO  $1 started with pid $$"
while :; do sleep 7; say "WARN  temperature readback is 3 s old" >&2; done`,

  // needs six seconds to put things away
  slow: `${SAY}
trap 'say "INFO  parking motors"; sleep 6; say "INFO  parked"; exit 0' TERM
say "INFO  $1 started with pid $$"
n=0
while :; do
  sleep 1
  n=$((n + 1))
  [ $((n % 5)) -eq 0 ] && say "INFO  gap $((12 + n % 7)) um, in position"
done`,

  // does its work and is done
  once: `${SAY}
say "INFO  12 files removed"
sleep 3`,
} as const;

export type ScriptName = keyof typeof SCRIPTS;

export const scriptText = (name: ScriptName): string => `#!/bin/sh\n${SCRIPTS[name]}\n`;
