/** JSON.stringify escapes the control characters below space only. */
const HARMFUL = /[\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

const escapeUnit = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;

/** JSON whose text can do nothing to a terminal. @param indent 0: one line */
export const printableJson = (value: unknown, indent = 2): string =>
  JSON.stringify(value, null, indent).replaceAll(HARMFUL, escapeUnit);
