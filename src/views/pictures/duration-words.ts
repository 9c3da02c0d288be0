const UNITS: readonly (readonly [string, number])[] = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["min", 60_000],
  ["s", 1_000],
];

/** A length of time, to the second: "2 d 3 h", "23 h 59 min 58 s"; below a second "250 ms". */
export function durationWords(ms: number): string {
  const length = Number.isFinite(ms) ? Math.max(0, ms) : 0;
  if (length < 1_000) return `${Math.round(length)} ms`;
  let left = length;
  return UNITS.flatMap(([name, unit]) => {
    const whole = Math.floor(left / unit);
    left -= whole * unit;
    return whole === 0 ? [] : [`${whole} ${name}`];
  }).join(" ");
}

/** Never rounded to a hundred that it is not, nor to nothing. */
export function percentWords(percent: number): string {
  const rounded = percent >= 99.995 && percent < 100 ? 99.99 : percent > 0 && percent < 0.005 ? 0.01 : percent;
  return `${Math.round(rounded * 100) / 100} %`;
}
