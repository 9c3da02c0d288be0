import { type ConfigLine, createLineReader } from "../../lib/configparser.ts";
import { referencesOf } from "../../lib/configparser-interpolation.ts";
import { isSecretKey } from "./secret-keys.ts";

export const MASK = "********";

/**
 * The configuration file with what is secret replaced, all else byte for byte: values of passwords and tokens with their
 * continuation lines, `user:password@` in urls, what those refer to by %(key)s; in lines of comment as well.
 * Reads any text, so that a broken file can be shown too.
 */
export function maskSecrets(text: string): string {
  const secretKeys = new Set<string>();
  let masked: string;
  let before: number;
  // A masked value may refer to another key, which then is secret as well.
  do {
    before = secretKeys.size;
    masked = maskOnce(
      text,
      (key) => isSecretKey(key) || secretKeys.has(key),
      (name) => secretKeys.add(name),
    );
  } while (secretKeys.size > before);
  return masked;
}

function maskOnce(text: string, isSecret: (key: string) => boolean, refersTo: (key: string) => void): string {
  const mask = (hidden: string) => {
    for (const name of referencesOf(hidden)) refersTo(name);
    return MASK;
  };
  const live = createLineMasker(isSecret, mask);
  let commented = createLineMasker(isSecret, mask);
  return text.replaceAll(/[^\r\n]+/g, (line) => {
    const comment = /^\uFEFF?\s*[#;][#;\s]*/.exec(line)?.[0];
    if (comment === undefined) {
      commented = createLineMasker(isSecret, mask);
      return live(line);
    }
    // Indented as in the comment, so that a value that was commented out with its continuation is hidden whole.
    const indent = " ".repeat(comment.length);
    return comment + commented(indent + line.slice(comment.length)).slice(indent.length);
  });
}

/** Remembers which key a continuation line belongs to. */
function createLineMasker(isSecret: (key: string) => boolean, mask: (hidden: string) => string) {
  const read = createLineReader();
  let key = "";
  return (line: string): string => {
    const what = read(line);
    if (what.kind === "header") key = "";
    if (what.kind === "value") key = what.key;
    const value = hideable(what, line);
    const at = line.length - line.trimStart().length + Math.max(0, line.trim().length - value.length);
    const [head, tail] = [line.slice(0, at), line.slice(at + value.length)];
    if (what.kind === "header" || what.kind === "blank") return line;
    if (isSecret(key) && value !== "") return head + mask(value) + tail;
    return key === "url" ? head + maskUrl(value, mask) + tail : maskUrls(line, mask);
  };
}

/** A line that cannot be read may be the rest of a password. */
function hideable(what: ConfigLine, line: string): string {
  if ("value" in what) return what.value;
  return what.kind === "other" ? line.trim() : "";
}

type Mask = (hidden: string) => string;

const hider = (mask: Mask) => (_: string, scheme: string, hidden: string) => `${scheme}${mask(hidden)}@`;

/** A password in a url may hold anything, `/` and `@` too: up to the last @. */
const maskUrl = (url: string, mask: Mask): string => url.replace(/^((?:[a-z][a-z0-9+.-]*:\/\/)?)(.+)@/i, hider(mask));

const maskUrls = (text: string, mask: Mask): string => text.replaceAll(/([a-z][a-z0-9+.-]*:\/\/)(\S+)@/gi, hider(mask));
