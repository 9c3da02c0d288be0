import { MultivisorError, messageOf } from "../../domain/errors.ts";

/** @throws MultivisorError BAD_CONFIG that names the flag */
export function regexp(flag: string, text: string, isCaseless: boolean): RegExp {
  try {
    return new RegExp(text, isCaseless ? "i" : "");
  } catch (error) {
    throw new MultivisorError("BAD_CONFIG", `${flag}: ${messageOf(error)}`);
  }
}

/** @throws MultivisorError BAD_CONFIG */
export function wholeNumber(flag: string, text: string, most: number): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number <= most) return number;
  throw new MultivisorError("BAD_CONFIG", `${flag} "${text}" is no number from 0 to ${most}`);
}
