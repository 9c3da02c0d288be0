import { MultivisorError } from "../../domain/errors.ts";

/**
 * For what is read in pieces: a database that was opened anew in between may be another file, with other rows.
 * @param what for people
 * @returns what it is given, as long as that is the first that it was given. @throws MultivisorError STORE_UNAVAILABLE
 */
export function stayWith<T>(what: string): (open: T) => T {
  let first: T | null = null;
  return (open) => {
    first ??= open;
    if (open === first) return open;
    throw new MultivisorError("STORE_UNAVAILABLE", `Cannot read on: ${what} was opened anew meanwhile`);
  };
}
