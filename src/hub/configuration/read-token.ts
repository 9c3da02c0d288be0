import { dirname, resolve } from "node:path";
import { messageOf } from "../../domain/errors.ts";
import type { SectionReader } from "./section-reader.ts";

/** Reads a whole file as text. @throws where it cannot */
export type ReadFile = (path: string) => string;

/**
 * `token`, or the first line of `token_file` (relative to the configuration file's folder).
 * @returns null where neither is set
 */
export function readToken(section: SectionReader, fileName: string, readFile: ReadFile): string | null {
  const token = section.text("token").trim();
  const file = section.text("token_file").trim();
  if (token !== "" && file !== "") section.fail("token_file", "token and token_file are both set; remove one");
  if (file !== "") return tokenOfFile(section, resolve(dirname(fileName), file), readFile);
  if (token === "") return null;
  return /^[\x21-\x7e]+$/.test(token)
    ? token
    : section.fail("token", "the token holds spaces or other than ASCII; use another");
}

function tokenOfFile(section: SectionReader, path: string, readFile: ReadFile): string {
  let text: string;
  try {
    text = readFile(path);
  } catch (error) {
    return section.fail(
      "token_file",
      `cannot read the token file ${path}: ${messageOf(error)}; create it or correct the path`,
    );
  }
  const token = text.trim();
  if (/^[\x21-\x7e]+$/.test(token)) return token;
  return section.fail("token_file", `the token file ${path} does not hold one token; put the token alone into it`);
}
