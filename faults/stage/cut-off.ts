import { statSync, truncateSync } from "node:fs";
import { waitFor } from "../../test/support/wait-for.ts";
import type { Dice } from "../dice.ts";

const LENGTHS = [0, 100, 4_096, 20_000];

/**
 * Takes away the end of a file, until that is noticed: what is young lies in the WAL beside it, and SQLite may write it back
 * before anybody looks.
 */
export async function cutOff(path: string, dice: Dice, noticed: () => boolean): Promise<void> {
  const { size, ino } = statSync(path);
  // A length that takes nothing is none to draw.
  const length = dice.one(LENGTHS.filter((one) => one < size));
  const cut = () => {
    const now = statSync(path, { throwIfNoEntry: false });
    if (now?.ino === ino && now.size > length) truncateSync(path, length);
  };
  cut();
  const isNoticed = () => {
    if (noticed()) return true;
    cut();
    return false;
  };
  await waitFor(`somebody to notice that ${path} is short`, isNoticed, 60_000);
}
