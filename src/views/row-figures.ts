import { type StripCode, stripCode } from "./day-strip.ts";
import { numberText } from "./texts/number-text.ts";

/** What a process uses and went through, as a row shows it: rounded, so that it changes only where it reads differently. */
export type RowFigures = {
  /** percent of one core; null: not told */
  readonly cpu: number | null;
  readonly rssKib: number | null;
  /** starts within the last hour */
  readonly restarts: number;
  /** unexpected ends within the last ten minutes */
  readonly ends: number;
  readonly strip: StripCode;
};

export const NO_FIGURES: RowFigures = { cpu: null, rssKib: null, restarts: 0, ends: 0, strip: stripCode([]) };

export const roundCpu = (percent: number): number =>
  percent < 0.05 ? 0 : percent < 10 ? Math.round(percent * 10) / 10 : Math.round(percent);

/** To two digits and a half: 8.5 MiB, 120 MiB. */
export const roundRss = (bytes: number): number => {
  const kib = bytes / 1_024;
  const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, kib))) - 1) / 2;
  return Math.round(Math.round(kib / step) * step);
};

export const cpuText = (cpu: number | null): string => (cpu === null ? "" : `${cpu} %`);
export const memoryText = (kib: number | null): string => {
  if (kib === null) return "";
  if (kib < 1_024) return `${Math.round(kib)} KiB`;
  const mib = kib / 1_024;
  if (mib < 1_024) return `${mib < 100 ? mib.toFixed(1) : Math.round(mib)} MiB`;
  return `${(mib / 1_024).toFixed(1)} GiB`;
};
export const countText = (n: number): string => (n === 0 ? "" : numberText(n));

/** In one attribute of the row: "0.1|12345|2|u48". */
export const figuresCode = ({ cpu, rssKib, restarts, strip }: RowFigures): string =>
  `${cpu ?? ""}|${rssKib ?? ""}|${restarts}|${strip}`;

export function readFigures(code: string): Omit<RowFigures, "ends"> {
  const [cpu = "", rss = "", restarts = "0", strip = ""] = code.split("|");
  const number = (text: string) => (text === "" ? null : Number(text));
  return { cpu: number(cpu), rssKib: number(rss), restarts: Number(restarts), strip };
}
