/**
 * Does `text` match the shell pattern? The language is Python's fnmatch: `*`, `?`, `[abc]`, `[a-z]`, `[!abc]`; case
 * counts; a `[` without its `]` is itself. Takes at most |pattern| × |text| steps, whatever the pattern.
 */
export const matchesGlob = (pattern: string, text: string): boolean => globMatcher(pattern)(text);

/** The same for many texts: the pattern is read once. */
export function globMatcher(pattern: string): (text: string) => boolean {
  const tokens = parseGlob(pattern);
  return (text) => matchesTokens(tokens, text);
}

function matchesTokens(p: readonly Token[], text: string): boolean {
  let pi = 0;
  let ti = 0;
  let starPi = -1;
  let starTi = 0;
  while (ti < text.length) {
    const token = p[pi];
    if (token === "*") {
      starPi = pi++;
      starTi = ti;
    } else if (token?.(text.charAt(ti))) {
      pi++;
      ti++;
    } else if (starPi >= 0) {
      pi = starPi + 1;
      ti = ++starTi;
    } else return false;
  }
  while (p[pi] === "*") pi++;
  return pi === p.length;
}

/** True where the text is a pattern at all; else it names one thing exactly. */
export const isGlob = (text: string): boolean => /[*?[]/.test(text);

type Token = "*" | ((char: string) => boolean);

function parseGlob(pattern: string): Token[] {
  const tokens: Token[] = [];
  for (let i = 0; i < pattern.length; i++) {
    const char = pattern.charAt(i);
    const close = char === "[" ? endOfClass(pattern, i) : -1;
    if (char === "*") {
      if (tokens.at(-1) !== "*") tokens.push("*");
    } else if (char === "?") tokens.push(() => true);
    else if (close > 0) {
      tokens.push(charClass(pattern.slice(i + 1, close)));
      i = close;
    } else tokens.push((c) => c === char);
  }
  return tokens;
}

/** A `]` right after `[` or `[!` is a member. @returns -1 where the class is not closed */
function endOfClass(pattern: string, open: number): number {
  const first = pattern.charAt(open + 1) === "!" ? open + 2 : open + 1;
  return pattern.indexOf("]", first + 1);
}

function charClass(body: string): (char: string) => boolean {
  const negated = body.startsWith("!");
  const members = negated ? body.slice(1) : body;
  const ranges: [string, string][] = [];
  for (let i = 0; i < members.length; i++) {
    const isRange = members.charAt(i + 1) === "-" && i + 2 < members.length;
    ranges.push([members.charAt(i), members.charAt(isRange ? i + 2 : i)]);
    if (isRange) i += 2;
  }
  const isMember = (char: string) => ranges.some(([low, high]) => low <= char && char <= high) !== negated;
  // A class may be as long as a whole pattern, and is asked for every character of every text.
  const known = new Map<string, boolean>();
  return (char) => {
    const member = known.get(char) ?? isMember(char);
    known.set(char, member);
    return member;
  };
}
