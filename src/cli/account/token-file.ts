import { readFileSync } from "node:fs";
import { MultivisorError, messageOf } from "../../domain/errors.ts";

/** @throws MultivisorError BAD_CONFIG; never repeats what the file holds */
export function readTokenFile(path: string): string {
  let text: string;
  try {
    text = readFileSync(path, "utf8").trim();
  } catch (error) {
    throw new MultivisorError("BAD_CONFIG", `--token-file: ${messageOf(error)}`);
  }
  if (!/^[\x21-\x7e]+$/.test(text))
    throw new MultivisorError("BAD_CONFIG", `--token-file: ${path} does not hold one token alone`);
  return text;
}
