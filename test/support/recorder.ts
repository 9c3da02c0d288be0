import { existsSync, readFileSync, writeFileSync } from "node:fs";
import type { TestPlace } from "./test-place.ts";

/** An event listener that knows nothing of multivisor: writes what supervisord announces to it, one line an event. */
const SOURCE = String.raw`
import os, sys, time
out = os.open(sys.argv[1], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
stdin = os.fdopen(0, "r", encoding="utf-8", newline="")
os.write(1, b"READY\n")
while True:
    header = stdin.readline()
    if not header:
        sys.exit(0)
    fields = dict(f.split(":", 1) for f in header.split())
    payload = stdin.read(int(fields["len"]))
    os.write(out, ("%d\t%s\t%s\n" % (time.time() * 1000, fields["eventname"], payload)).encode("utf-8"))
    os.write(1, b"RESULT 2\nOKREADY\n")
`;

/** One PROCESS_STATE event as supervisord announced it. */
export type Announced = {
  /** epoch milliseconds of its arrival */
  readonly atMs: number;
  readonly group: string;
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly pid: number | null;
};

function parseLine(line: string): Announced[] {
  const [at, eventname = "", payload = ""] = line.split("\t");
  const to = /^PROCESS_STATE_([A-Z]+)$/.exec(eventname)?.[1];
  if (to === undefined) return [];
  const field = (name: string) => new RegExp(`(?:^| )${name}:(\\S+)`).exec(payload)?.[1];
  return [
    {
      atMs: Number(at),
      group: field("groupname") ?? "",
      name: field("processname") ?? "",
      from: field("from_state") ?? "",
      to,
      pid: Number(field("pid") ?? 0) || null,
    },
  ];
}

export type Recorder = {
  readonly section: string;
  readonly announced: () => Announced[];
  /** "<eventname> <payload>" of each event, as it came */
  readonly lines: () => string[];
};

/**
 * Of lower priority number than the agent: up before it and down after it, so that it hears all that the agent hears.
 * The sentinel between them takes its time to stop, so that both have heard of everything else by then.
 */
export function createRecorder(place: TestPlace, name: string): Recorder {
  const script = place.path("recorder.py");
  const file = place.path(`${name}.recorded`);
  const sentinel = place.path("sentinel.sh");
  writeFileSync(script, SOURCE);
  writeFileSync(sentinel, "trap 'sleep 0.5; exit 0' TERM\nwhile :; do sleep 0.1; done\n");
  const section = `
[eventlistener:recorder]
command=/usr/bin/python3 -u ${script} ${file}
events=PROCESS_STATE
buffer_size=65536
priority=-990
autorestart=true
startsecs=0
stdout_logfile=NONE
stderr_logfile=${place.path(`${name}.recorder.err`)}

[program:sentinel]
command=/bin/sh ${sentinel}
priority=-900
startsecs=0
`;
  const read = () => (existsSync(file) ? readFileSync(file, "utf8").split("\n").filter(Boolean) : []);
  return {
    section,
    announced: () => read().flatMap(parseLine),
    lines: () => read().map((line) => line.split("\t").slice(1).join(" ")),
  };
}

/** Those that are no part of what is compared. */
export const isHelper = ({ group }: { readonly group: string | null }): boolean =>
  group === "recorder" || group === "sentinel" || group === "multivisor";
