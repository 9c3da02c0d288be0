import type { Right } from "../domain/rights.ts";

/** What must be allowed for a path as a whole; null: that depends on what is asked there. */
export function rightOfPath(path: string): Right | null {
  if (path === "/v1/command") return null;
  if (/^\/v1\/logs?(?:\/|$)/.test(path)) return "logs";
  return "read";
}
