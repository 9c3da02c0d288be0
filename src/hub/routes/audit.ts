import { Elysia, t } from "elysia";
import { MultivisorError } from "../../domain/errors.ts";
import { csvLine } from "../../lib/csv.ts";
import type { Audit, AuditItem } from "../audit/audit.ts";
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
const PAGE = 500;
const ExportQuery = t.Object({ format: t.Optional(t.Union([t.Literal("ndjson"), t.Literal("csv")])) });
const COLUMNS = ["id", "at", "user", "address", "what", "target", "outcome", "detail"] as const;
const FORMATS = {
  ndjson: {
    type: "application/x-ndjson; charset=utf-8",
    head: "",
    line: (item: AuditItem) => `${JSON.stringify(item)}\n`,
  },
  csv: {
    type: "text/csv; charset=utf-8",
    head: csvLine(COLUMNS),
    line: (item: AuditItem) =>
      csvLine(COLUMNS.map((name) => (name === "at" ? new Date(item.at).toISOString() : item[name]))),
  },
};
const MAX_LIMIT = 1_000;

/** @throws MultivisorError BAD_REQUEST */
function numberOf(name: string, text: string | undefined, most: number): number | null {
  if (!text) return null;
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= 1 && number <= most) return number;
  throw new MultivisorError("BAD_REQUEST", `Cannot read ${name}: "${text}" is not a number from 1 to ${most}`);
}

/** GET /api/audit and /api/audit/export, for admins. */
export const auditRoutes = ({ audit }: { readonly audit: Pick<Audit, "read"> }) =>
  new Elysia({ name: "audit" })
    .get(
      "/api/audit",
      ({ query: { limit: asked, before, user, what }, set }) => {
        set.headers["cache-control"] = "no-store";
        const limit = numberOf("limit", asked, MAX_LIMIT) ?? 100;
        const from = numberOf("before", before, Number.MAX_SAFE_INTEGER);
        const items = audit.read({ limit, before: from, user: user || null, what: what || null });
        return { items, next: items.length < limit ? null : (items.at(-1)?.id ?? null) };
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
      ({ query: { format = "ndjson" } }) => {
        const { type, line, head } = FORMATS[format];
        return new Response(exported(audit, head, line), {
          headers: { "content-type": type, "content-disposition": `attachment; filename="audit.${format}"` },
        });
      },
      {
        query: ExportQuery,
        ...needs("admin", {
          summary: "All of the audit, newest first: one JSON object a line, or csv",
          group: "hub",
          query: ExportQuery,
          type: "application/x-ndjson",
          answer: Item,
          example: EXAMPLE,
        }),
      },
    );

/** A page is read when the reader has taken the one before. */
function exported(
  audit: Pick<Audit, "read">,
  head: string,
  line: (item: AuditItem) => string,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let before: number | null = null;
  return new ReadableStream({
    start(controller) {
      if (head !== "") controller.enqueue(encoder.encode(head));
    },
    pull(controller) {
      const items: AuditItem[] = audit.read({ limit: PAGE, before, user: null, what: null });
      if (items.length > 0) controller.enqueue(encoder.encode(items.map(line).join("")));
      before = items.at(-1)?.id ?? null;
      if (items.length < PAGE) controller.close();
    },
  });
}
