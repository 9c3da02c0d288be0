import { fleetTexts } from "./texts/fleet.ts";

/**
 * The last 24 hours of a process in half hours, the worst of each, as runs of one letter and how many: "u40m1u7".
 * a: not there; n: not known; s: stopped; u: up; m: starting or stopping; b: backoff; d: down.
 */
export type StripCode = string;
export const STRIP_KINDS = ["a", "s", "u", "n", "m", "b", "d"] as const;
export type StripKind = (typeof STRIP_KINDS)[number];

export const STRIP_SLOTS = 48;
export const STRIP_SLOT_MS = 1_800_000;

const CLASS: Record<StripKind, string> = {
  ...{ a: "absent", s: "stopped", u: "up", n: "unknown", m: "moving", b: "backoff", d: "down" },
};
/** From the top, of 12: height tells as well as colour. */
const TOP: Record<StripKind, number> = { a: 11, s: 9, u: 3, n: 5, m: 5, b: 1, d: 0 };

export function stripCode(kinds: readonly StripKind[]): StripCode {
  let code = "";
  for (let i = 0; i < kinds.length; ) {
    const begin = i;
    while (i < kinds.length && kinds[i] === kinds[begin]) i++;
    code += `${kinds[begin]}${i - begin}`;
  }
  return code;
}

const runsOf = (code: StripCode): [StripKind, number][] =>
  [...code.matchAll(/([asunmbd])(\d+)/g)].map(([, kind, n]) => [kind as StripKind, Number(n)]);

/** "24 h: up 23.5 h, down 0.5 h" */
export function stripWords(code: StripCode): string {
  const hours = new Map<StripKind, number>();
  for (const [kind, n] of runsOf(code)) hours.set(kind, (hours.get(kind) ?? 0) + n / 2);
  return fleetTexts.strip([...hours].map(([kind, n]) => [fleetTexts.kinds[kind], n] as const));
}

/** The picture of it, as SVG; letters and digits of the code alone come into it. */
export function dayStrip(code: StripCode): string {
  const paths = new Map<StripKind, string>();
  let x = 0;
  for (const [kind, n] of runsOf(code)) {
    paths.set(kind, `${paths.get(kind) ?? ""}M${x} ${TOP[kind]}h${n}V12h-${n}z`);
    x += n;
  }
  const drawn = [...paths].map(([kind, d]) => `<path class="pic-${CLASS[kind]}" d="${d}"/>`).join("");
  const words = stripWords(code);
  return `<svg class="day" viewBox="0 0 ${STRIP_SLOTS} 12" preserveAspectRatio="none" role="img" aria-label="${words}"><title>${words}</title>${drawn}</svg>`;
}
