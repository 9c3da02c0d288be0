import type { Supervisor } from "../domain/supervisor.ts";
import type { HistoryLine } from "./history-line.ts";
import { hxPartial } from "./hx-partial.ts";
import type { PlacedProcess } from "./process-look.ts";
import { Happened, ProcessFacts, ProcessHead } from "./process-parts.tsx";
import { type StripOf, SupervisorFacts, SupervisorHead, SupervisorProcesses } from "./supervisor-page.tsx";

type Where = { readonly nowMs: number; readonly basePath: string };

/** The pieces that an update of the page of one process, or one supervisor, is made of. */
export const updateProcess = (placed: PlacedProcess, { nowMs, basePath }: Where): string =>
  [
    hxPartial("process-head", "outerMorph", <ProcessHead placed={placed} nowMs={nowMs} basePath={basePath} />),
    hxPartial("process-facts", "outerMorph", <ProcessFacts placed={placed} basePath={basePath} />),
  ].join("");

export const updateHappened = (lines: readonly HistoryLine[], where: Where, subject: boolean): string =>
  hxPartial("happened", "outerMorph", <Happened lines={lines} {...where} problem={null} subject={subject} />);

export const updateSupervisor = (supervisor: Supervisor, stripOf: StripOf, { nowMs, basePath }: Where): string =>
  [
    hxPartial(
      "supervisor-head",
      "outerMorph",
      <SupervisorHead supervisor={supervisor} nowMs={nowMs} basePath={basePath} />,
    ),
    hxPartial("supervisor-facts", "outerMorph", <SupervisorFacts supervisor={supervisor} basePath={basePath} />),
    hxPartial(
      "supervisor-processes",
      "outerMorph",
      <SupervisorProcesses supervisor={supervisor} nowMs={nowMs} basePath={basePath} stripOf={stripOf} />,
    ),
  ].join("");
