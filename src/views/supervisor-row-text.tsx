import type { Supervisor } from "../domain/supervisor.ts";
import { formatAge } from "./age.ts";
import type { HostTally } from "./host-tally.ts";
import { html } from "./html.ts";
import { type RowProps, SupervisorRow } from "./supervisor-parts.tsx";

type Kept = { readonly counts: HostTally["byLook"]; readonly key: string; readonly text: string };

const kept = new WeakMap<Supervisor, Kept>();

/** All that the row shows beside the supervisor itself and its counts. */
const keyOf = ({ supervisor, sums, nowMs, basePath, hidden }: RowProps): string =>
  `${sums.cpu} ${sums.rssKib} ${sums.restarts} ${hidden}\n${formatAge(nowMs - supervisor.link.sinceMs)}\n${basePath}`;

/** A row of the table of supervisors; made once for each change that it shows, however many pages and streams want it. */
export function supervisorRow(props: RowProps): string {
  const key = keyOf(props);
  const { supervisor, counts } = props;
  const known = kept.get(supervisor);
  if (known?.key === key && known.counts === counts) return known.text;
  const text = html(<SupervisorRow {...props} />);
  kept.set(supervisor, { counts, key, text });
  return text;
}
