import type { Supervisor } from "../domain/supervisor.ts";
import { html } from "./html.ts";
import { SupervisorRow } from "./supervisor-parts.tsx";

/** A row of the table of supervisors, as its stream sends it. */
export const supervisorRow = (supervisor: Supervisor, nowMs: number, basePath: string): string =>
  html(<SupervisorRow supervisor={supervisor} nowMs={nowMs} basePath={basePath} />);
