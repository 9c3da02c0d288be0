/** Numbers with what they count. */
export const countTexts = {
  processes: (n: number) => `${n} ${n === 1 ? "process" : "processes"}`,
  hosts: (n: number) => `${n} ${n === 1 ? "host" : "hosts"}`,
  running: (n: number, of: number) => `${n} of ${of} running`,
  together: (processes: string, where: string) => `${processes}, ${where}`,
  isDown: (host: string) => `${host} is down`,
  isConnecting: (host: string) => `${host} is connecting`,
  areDown: (n: number) => `${n} hosts are down`,
  areConnecting: (n: number) => `${n} hosts are connecting`,
  stop: (n: number) => (n === 1 ? "1 running process stops" : `${n} running processes stop`),
} as const;
