import type { LinkStatus } from "../../domain/supervisor.ts";
import { supervisorSubject } from "../supervisor-subject.ts";
import type { FilteredRows } from "./row-data.ts";

/** Rows of the list of supervisors. */
export const SUPERVISOR_ROWS: FilteredRows = {
  all: () => document.getElementsByClassName("host-row") as HTMLCollectionOf<HTMLElement>,
  subjectOf: ({ dataset }) => supervisorSubject(dataset.supervisor ?? "", dataset.link as LinkStatus),
};
