/** One series of a family. */
export type Sample = {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
  /** of histograms: `_bucket`, `_sum`, `_count` */
  readonly suffix?: string;
};

/** One metric with all its series, as Prometheus's text format groups them. */
export type Family = {
  readonly name: string;
  readonly type: "gauge" | "counter" | "histogram";
  /** ends with a full stop */
  readonly help: string;
  readonly samples: Iterable<Sample>;
};

export const EXPOSITION_TYPE = "text/plain; version=0.0.4; charset=utf-8";

/** Prometheus's text format 0.0.4. Families without a series are left out. */
export function exposition(families: readonly Family[]): string {
  const parts: string[] = [];
  for (const { name, type, help, samples } of families) {
    const lines = [...samples].map(
      (sample) => `${name}${sample.suffix ?? ""}${labelText(sample.labels)} ${number(sample.value)}`,
    );
    if (lines.length > 0)
      parts.push(`# HELP ${name} ${escapeHelp(help)}\n# TYPE ${name} ${type}\n${lines.join("\n")}\n`);
  }
  return parts.join("");
}

function labelText(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escapeLabel(value)}"`);
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}

/** Other control characters are allowed there; a lone surrogate would be no UTF-8. */
const escapeLabel = (text: string): string =>
  text.toWellFormed().replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll('"', '\\"');

const escapeHelp = (text: string): string => text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n");

const number = (value: number): string =>
  value === Number.POSITIVE_INFINITY ? "+Inf" : value === Number.NEGATIVE_INFINITY ? "-Inf" : String(value);

/** One series without labels. */
export const alone = (value: number): readonly Sample[] => [{ labels: {}, value }];
