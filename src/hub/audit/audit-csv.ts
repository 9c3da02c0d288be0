import { csvLine } from "../../lib/csv.ts";
import type { CsvForm } from "../export/export-format.ts";
import type { AuditItem } from "./audit.ts";

const COLUMNS = ["id", "at", "user", "address", "what", "target", "outcome", "detail"] as const;

export const AUDIT_CSV: CsvForm<AuditItem> = {
  head: csvLine(COLUMNS),
  row: (item) => csvLine(COLUMNS.map((name) => (name === "at" ? new Date(item.at).toISOString() : item[name]))),
};
