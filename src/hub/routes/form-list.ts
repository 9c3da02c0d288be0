import { MultivisorError } from "../../domain/errors.ts";

const fieldOf = (body: unknown, field: string): unknown =>
  typeof body === "object" && body !== null ? (body as Record<string, unknown>)[field] : undefined;

/** Of a form or of JSON; "" where it is missing. */
export function formText(body: unknown, field: string): string {
  const value = fieldOf(body, field);
  return typeof value === "string" ? value : "";
}

/** `1`, `true`, `yes`, `on`; null: not given */
export function formFlag(body: unknown, field: string): boolean | null {
  const value = fieldOf(body, field);
  if (value === undefined || value === "") return null;
  // JSON may hold anything, also what cannot be made a text of.
  return typeof value === "object" ? false : /^(1|true|yes|on)$/i.test(String(value));
}

/** As `formList`; [] where the field is missing. */
export const optionalList = (body: unknown, field: string): string[] =>
  fieldOf(body, field) === undefined ? [] : formList(body, field);

/**
 * A field of a form or of a JSON body that holds one or more names: `uid=a,b`, `uid=a&uid=b`, `{"uid": ["a", "b"]}`.
 * Names of supervisord hold no comma (supervisor/options.py forbids none, but Multivisor 6 splits at it as well).
 * @throws MultivisorError BAD_REQUEST where the field is missing or empty
 */
export function formList(body: unknown, field: string): string[] {
  const value = fieldOf(body, field);
  const items = (Array.isArray(value) ? value : [value]).filter((item) => typeof item === "string");
  const names = items
    .flatMap((item) => item.split(","))
    .map((name) => name.trim())
    .filter((name) => name !== "");
  if (names.length === 0)
    throw new MultivisorError("BAD_REQUEST", `Cannot read the request: the field "${field}" is missing`);
  return names;
}
