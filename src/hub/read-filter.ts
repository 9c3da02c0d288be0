import { MultivisorError } from "../domain/errors.ts";
import { type Filter, parseFilter } from "../domain/filter.ts";

const MAX_LENGTH = 1_000;
const MAX_TERMS = 50;

/**
 * A filter that somebody sends. Each of its words is asked of every process, so there is an end to them.
 * @throws MultivisorError BAD_REQUEST
 */
export function readFilter(text: string): Filter {
  const filter = text.length > MAX_LENGTH ? [] : parseFilter(text);
  if (text.length <= MAX_LENGTH && filter.length <= MAX_TERMS) return filter;
  throw new MultivisorError(
    "BAD_REQUEST",
    `Cannot read the filter: it has more than ${MAX_TERMS} words or ${MAX_LENGTH} characters`,
  );
}
