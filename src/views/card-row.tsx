import { formatAge } from "./age.ts";
import { html } from "./html.ts";
import type { PlacedProcess } from "./process-look.ts";
import { ProcessRow, type RowProps } from "./process-row.tsx";
import { countsSince } from "./process-words.ts";

type Kept = { readonly key: string; readonly text: string };

const kept = new WeakMap<PlacedProcess["process"], Kept>();

/** All that the row shows beside the process itself. */
const keyOf = ({ placed, nowMs, basePath, hidden, strip, beside }: RowProps): string => {
  const { supervisor } = placed;
  const sinceMs = countsSince(placed);
  const age = sinceMs === null ? "" : formatAge(nowMs - sinceMs);
  const host = `${supervisor.link.status} ${supervisor.clockOffsetMs} ${supervisor.allows.join()}`;
  return `${age}\n${sinceMs}\n${host}\n${strip}\n${hidden}\n${beside}\n${basePath}`;
};

/** A row of a card; made once for each change that it shows, however many pages and streams want it. */
export function cardRow(props: RowProps): string {
  const key = keyOf(props);
  const { process } = props.placed;
  const known = kept.get(process);
  if (known?.key === key) return known.text;
  const text = html(<ProcessRow {...props} />);
  kept.set(process, { key, text });
  return text;
}
