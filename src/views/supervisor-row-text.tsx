import type { Supervisor } from "../domain/supervisor.ts";
import { html } from "./html.ts";
import { SupervisorRow } from "./supervisor-parts.tsx";
import type { SupervisorSums } from "./supervisor-sums.ts";

/** A row of the table of supervisors, as its stream sends it. */
export const supervisorRow = (supervisor: Supervisor, sums: SupervisorSums, nowMs: number, basePath: string): string =>
  html(<SupervisorRow supervisor={supervisor} sums={sums} nowMs={nowMs} basePath={basePath} />);
