/** Control characters, and those that reverse the direction of writing. */
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** The same length, for what is being typed: none of these does anything, and a line break is seen. */
export const masked = (text: string): string => text.replaceAll("\n", "\u21b5").replaceAll(UNPRINTABLE, "\ufffd");

/** Text of others on one line that can neither drive a terminal nor forge a second line: they become `\x1b`, `\u202e`. */
export const printable = (text: string): string =>
  text.replaceAll(UNPRINTABLE, (char) => {
    const code = char.charCodeAt(0).toString(16);
    return code.length <= 2 ? `\\x${code.padStart(2, "0")}` : `\\u${code}`;
  });
