import { Elysia } from "elysia";
import { MultivisorError } from "../../domain/errors.ts";
import { auditPage } from "../../views/audit-page.tsx";
import type { Audit, AuditItem } from "../audit/audit.ts";
import { pageResponse } from "../page-response.ts";
import { needs } from "./needs.ts";
import { type FleetPagesOptions, pageInput, parameter } from "./pages-fleet.ts";

export type AuditPagesOptions = FleetPagesOptions & { readonly audit: Pick<Audit, "read"> };

const LIMIT = 200;

/** The page of the audit; it asks itself anew for what is new. */
export function auditPages(options: AuditPagesOptions) {
  const input = pageInput(options);
  return new Elysia({ name: "audit-pages" }).get(
    "/audit",
    ({ request }) => {
      const fields = { user: parameter(request, "user"), what: parameter(request, "what") };
      const asked = parameter(request, "before");
      const before = /^\d{1,15}$/.test(asked) ? Number(asked) : null;
      let lines: AuditItem[] = [];
      let problem: string | null = null;
      try {
        lines = options.audit.read({ limit: LIMIT, before, user: fields.user || null, what: fields.what || null });
      } catch (error) {
        if (!(error instanceof MultivisorError)) throw error;
        problem = error.message;
      }
      const next = lines.length < LIMIT ? null : (lines.at(-1)?.id ?? null);
      const page = auditPage({ ...input(request), fields, lines, next, follows: before === null, problem });
      return pageResponse(page, request, problem === null ? 200 : 503);
    },
    needs("admin", "Page: the audit"),
  );
}
