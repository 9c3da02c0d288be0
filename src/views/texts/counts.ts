import { numberText } from "./number-text.ts";

/** Numbers with what they count. */
export const countTexts = {
  processes: (n: number) => `${numberText(n)} ${n === 1 ? "process" : "processes"}`,
  hosts: (n: number) => `${numberText(n)} ${n === 1 ? "host" : "hosts"}`,
  running: (n: number, of: number) => `${numberText(n)} of ${numberText(of)} running`,
  together: (processes: string, where: string) => `${processes}, ${where}`,
  isDown: (host: string) => `${host} is down`,
  isConnecting: (host: string) => `${host} is connecting`,
  areDown: (n: number) => `${numberText(n)} hosts are down`,
  areConnecting: (n: number) => `${numberText(n)} hosts are connecting`,
  stop: (n: number) => (n === 1 ? "1 running process stops" : `${numberText(n)} running processes stop`),
} as const;
