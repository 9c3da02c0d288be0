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

type Asked = { readonly request: Request; readonly body: unknown };

/** As `formList`; [] where the field is missing. */
export const optionalList = (asked: Asked, field: string): string[] =>
  fieldOf(asked.body, field) === undefined ? [] : formList(asked, field);

/**
 * One or more names: `uid=a,b`, `uid=a&uid=b`, `{"uid": "a,b"}`, `{"uid": ["a", "b"]}`. A text is split at commas, as
 * Multivisor 6 does; supervisord's names may hold some (supervisor/datatypes.py forbids " :/" alone), so the items of a
 * JSON array are taken as they are. A field that a form repeats is an array by now as well.
 * @throws MultivisorError BAD_REQUEST where the field is missing or empty
 */
export function formList({ request, body }: Asked, field: string): string[] {
  const value = fieldOf(body, field);
  const items = (Array.isArray(value) ? value : [value]).filter((item) => typeof item === "string");
  const isWhole = Array.isArray(value) && isJson(request);
  const names = (isWhole ? items : items.flatMap(splitNames)).filter((name) => name !== "");
  if (names.length === 0)
    throw new MultivisorError("BAD_REQUEST", `Cannot read the request: the field "${field}" is missing`);
  return names;
}

const splitNames = (text: string): string[] => text.split(",").map((name) => name.trim());

const isJson = ({ headers }: Request): boolean => /^application\/json\b/i.test(headers.get("content-type") ?? "");
