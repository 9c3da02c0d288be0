import { MultivisorError } from "../../domain/errors.ts";

/**
 * A field of a form or of a JSON body that holds one or more names: `uid=a,b`, `uid=a&uid=b`, `{"uid": ["a", "b"]}`.
 * Names of supervisord hold no comma (supervisor/options.py forbids none, but Multivisor 6 splits at it as well).
 * @throws MultivisorError BAD_REQUEST where the field is missing or empty
 */
export function formList(body: unknown, field: string): string[] {
  const value = typeof body === "object" && body !== null ? (body as Record<string, unknown>)[field] : undefined;
  const items = (Array.isArray(value) ? value : [value]).filter((item) => typeof item === "string");
  const names = items
    .flatMap((item) => item.split(","))
    .map((name) => name.trim())
    .filter((name) => name !== "");
  if (names.length === 0)
    throw new MultivisorError("BAD_REQUEST", `Cannot read the request: the field "${field}" is missing`);
  return names;
}
