import { statSync, truncateSync } from "node:fs";
import type { Dice } from "../dice.ts";

const LENGTHS = [0, 100, 4_096, 20_000];

/** Takes away the end of a file. What is young lies in the WAL beside it: a length that takes nothing is none to draw. */
export function cutOff(path: string, dice: Dice): void {
  const { size } = statSync(path);
  truncateSync(path, dice.one(LENGTHS.filter((length) => length < size)));
}
