/** Shortens in the middle, never at the end: the ends are what tells names apart. */
export function shortenMiddle(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  const tail = Math.floor((maxLength - 1) / 2);
  return `${text.slice(0, maxLength - 1 - tail)}…${text.slice(-tail)}`.toWellFormed();
}

/** Marks that turn the direction of text: a name with one would read as another name. */
const TURNING = /[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/g;

const LONGEST_SHOWN = 120;
/** Up to this length a name fits everywhere. */
const SHORT = 9;
const LONGEST_TAIL = 7;

/** A name beside words of ours: short enough, on one line, and unable to turn the text around it. */
export const shownName = (text: string, maxLength = LONGEST_SHOWN): string =>
  shortenMiddle(text, maxLength).replaceAll(TURNING, "\ufffd").replaceAll(/\s+/g, " ");

/**
 * Two parts for the page: the first gives way where space is short, the second always stays.
 * @param room characters that always fit: a name that is no longer is left whole
 */
export function splitForMiddle(text: string, room = SHORT): readonly [head: string, tail: string] {
  const shown = shortenMiddle(text, LONGEST_SHOWN).replaceAll(TURNING, "\ufffd");
  if (shown.length <= room) return [shown, ""];
  const tail = Math.min(LONGEST_TAIL, Math.floor(shown.length / 3));
  return [shown.slice(0, -tail).toWellFormed(), shown.slice(-tail).toWellFormed()];
}
