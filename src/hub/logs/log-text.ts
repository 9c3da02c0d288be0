import { MultivisorError } from "../../domain/errors.ts";

/** `utf-8`: text, U+FFFD in the place of what is none; `base64`: every byte as it is, in a field of that name. */
export type LogEncoding = "utf-8" | "base64";

export function parseEncoding(text: string | null): LogEncoding {
  if (text === null || text === "utf-8") return "utf-8";
  if (text === "base64") return text;
  throw new MultivisorError("BAD_REQUEST", "Cannot read encoding: utf-8 or base64 expected");
}

export const logText = (field: string, bytes: Uint8Array, encoding: LogEncoding): Record<string, string> =>
  encoding === "base64"
    ? { base64: Buffer.from(bytes).toString("base64") }
    : { [field]: new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes) };
