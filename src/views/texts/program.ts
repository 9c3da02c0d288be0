/** Facts of a program's configuration; the names in brackets are those of supervisord's own file. */
export const programTexts = {
  title: "Configuration",
  command: "Command",
  directory: "Directory",
  supervisords: "that of supervisord",
  autostart: "Starts by itself",
  yes: "yes",
  no: "no",
  starts: "startsecs, startretries",
  stops: "stopsignal, stopwaitsecs",
  stop: (signal: string, seconds: number) => `${signal}, ${seconds} s`,
  start: (seconds: number, retries: number) => `${seconds} s, ${retries}`,
  exitcodes: "exitcodes",
  priority: "priority (group, program)",
} as const;
