const UNITS: readonly (readonly [string, number])[] = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["min", 60_000],
  ["s", 1_000],
];

/** A length of time in its two largest units: "2 d 3 h", "4 min 10 s"; below a second "250 ms". */
export function durationWords(ms: number): string {
  const length = Number.isFinite(ms) ? Math.max(0, ms) : 0;
  if (length < 1_000) return `${Math.round(length)} ms`;
  const first = UNITS.findIndex(([, unit]) => length >= unit);
  const [name, unit] = UNITS[first] ?? ["s", 1_000];
  const whole = Math.floor(length / unit);
  const [nextName, nextUnit] = UNITS[first + 1] ?? ["", 0];
  const rest = nextUnit === 0 ? 0 : Math.floor((length - whole * unit) / nextUnit);
  return rest === 0 ? `${whole} ${name}` : `${whole} ${name} ${rest} ${nextName}`;
}

/** Never rounded to a hundred that it is not, nor to nothing. */
export function percentWords(percent: number): string {
  const rounded = percent >= 99.995 && percent < 100 ? 99.99 : percent > 0 && percent < 0.005 ? 0.01 : percent;
  return `${Math.round(rounded * 100) / 100} %`;
}
