import { Elysia, t } from "elysia";
import { MultivisorError } from "../../domain/errors.ts";
import type { Logger } from "../../lib/logger.ts";
import type { Audit, AuditItem } from "../audit/audit.ts";
import { AUDIT_CSV } from "../audit/audit-csv.ts";
import { EXPORT_FORMATS, parseExportFormat } from "../export/export-format.ts";
import { exportResponse } from "../export/export-response.ts";
import { needs } from "./needs.ts";

const text = (description: string) => t.Optional(t.String({ maxLength: 200, description }));
const Query = t.Object({
  limit: text("1 to 1000; 100"),
  before: text("`next` of the page before"),
  user: text("of this one alone"),
  what: text("login, login_failed, logout, action, outcome, reload or refused"),
});
const Item = t.Object({
  ...{ id: t.Integer(), at: t.Number({ description: "epoch milliseconds" }), user: t.Union([t.String(), t.Null()]) },
  ...{ address: t.String(), what: t.String(), target: t.String(), outcome: t.String(), detail: t.String() },
});
const EXAMPLE = {
  ...{ id: 7, at: 1_795_376_051_790, user: "ann", address: "10.0.0.7", what: "action", target: "lid001:PLC:*" },
  ...{ outcome: "asked", detail: "restart" },
};
const ExportQuery = t.Object({
  format: t.Optional(t.String({ maxLength: 20, description: EXPORT_FORMATS.join(", ") })),
});
const MAX_LIMIT = 1_000;

/** @throws MultivisorError BAD_REQUEST */
function numberOf(name: string, text: string | undefined, most: number): number | null {
  if (!text) return null;
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= 1 && number <= most) return number;
  throw new MultivisorError("BAD_REQUEST", `Cannot read ${name}: "${text}" is not a number from 1 to ${most}`);
}

/** A short page is the last. */
const pageOf = (items: AuditItem[], limit: number) => ({
  items,
  next: items.length < limit ? null : (items.at(-1)?.id ?? null),
});

/** GET /api/audit and /api/audit/export, for admins. */
export const auditRoutes = ({
  audit,
  log,
}: {
  readonly audit: Pick<Audit, "read" | "pages">;
  readonly log: Pick<Logger, "error">;
}) =>
  new Elysia({ name: "audit" })
    .get(
      "/api/audit",
      ({ query: { limit: asked, before, user, what }, set }) => {
        set.headers["cache-control"] = "no-store";
        const limit = numberOf("limit", asked, MAX_LIMIT) ?? 100;
        const from = numberOf("before", before, Number.MAX_SAFE_INTEGER);
        const items = audit.read({ limit, before: from, user: user || null, what: what || null });
        return pageOf(items, limit);
      },
      {
        query: Query,
        ...needs("admin", {
          summary: "Who did what: logins, actions, reloads, refusals; newest first",
          description: "`next` of the answer is `before` of the next page.",
          group: "hub",
          query: Query,
          answer: t.Object({ items: t.Array(Item), next: t.Union([t.Integer(), t.Null()]) }),
          example: { items: [EXAMPLE], next: null },
        }),
      },
    )
    .get(
      "/api/audit/export",
      ({ query: { format } }) => {
        const read = audit.pages();
        return exportResponse({
          what: "audit",
          format: parseExportFormat(format || "ndjson"),
          csv: AUDIT_CSV,
          limit: Number.POSITIVE_INFINITY,
          page: (before: number | null, limit) => pageOf(read({ limit, before, user: null, what: null }), limit),
          log,
        });
      },
      {
        query: ExportQuery,
        ...needs("admin", {
          summary: "All of the audit, newest first: as ndjson (one JSON object a line), csv or json",
          group: "hub",
          query: ExportQuery,
          type: "application/x-ndjson",
          answer: Item,
          example: EXAMPLE,
        }),
      },
    );
