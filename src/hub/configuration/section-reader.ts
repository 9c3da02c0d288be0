import { MultivisorError, messageOf } from "../../domain/errors.ts";
import { type ConfigSection, ConfigSyntaxError } from "../../lib/configparser.ts";
import { interpolate } from "../../lib/configparser-interpolation.ts";

/** Reads one section's values; what goes wrong names file and line. */
export type SectionReader = {
  /** "" where it is not set */
  readonly text: (key: string) => string;
  /** @throws MultivisorError BAD_CONFIG in the line of the key, or of the section where it is not set */
  readonly fail: (key: string | null, message: string) => never;
  /** Whatever `read` throws becomes an error in the line of the key. */
  readonly attempt: <T>(key: string, read: () => T) => T;
};

export function createSectionReader(fileName: string, section: ConfigSection): SectionReader {
  const lineOf = (key: string | null) => section.values.get(key ?? "")?.line ?? section.line;
  const fail = (key: string | null, message: string): never => {
    throw badConfig(fileName, lineOf(key), message);
  };
  return {
    fail,
    text(key) {
      const value = section.values.get(key);
      return value === undefined ? "" : atLine(fileName, () => interpolate(value, section.values));
    },
    attempt(key, read) {
      try {
        return read();
      } catch (error) {
        return fail(key, messageOf(error));
      }
    },
  };
}

export const badConfig = (fileName: string, line: number, message: string): MultivisorError =>
  new MultivisorError("BAD_CONFIG", `${fileName}:${line}: ${message}`);

/** A syntax error that `read` throws becomes one of ours. */
export function atLine<T>(fileName: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof ConfigSyntaxError ? badConfig(fileName, error.line, error.message) : error;
  }
}
