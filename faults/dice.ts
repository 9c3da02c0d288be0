import { type Random, seededRandom } from "../src/demo/random.ts";

/** Draws that depend on a seed alone, never on what else draws, or when. */
export type Dice = {
  /** least <= n < most, whole */
  readonly between: (least: number, most: number) => number;
  readonly one: <T>(of: readonly T[]) => T;
  readonly shuffled: <T>(of: readonly T[]) => T[];
  /** other dice, of the same seed and this name */
  readonly for: (name: string) => Dice;
};

const hash = (text: string): number => Number(Bun.hash.crc32(text));

export function throwDice(seed: number | string): Dice {
  const random: Random = seededRandom(hash(String(seed)));
  const between = (least: number, most: number) => least + Math.floor(random() * (most - least));
  return {
    between,
    one(of) {
      const drawn = of[between(0, of.length)];
      if (drawn === undefined) throw new Error("nothing to draw from");
      return drawn;
    },
    shuffled(of) {
      const cards = [...of];
      for (let i = cards.length - 1; i > 0; i--) {
        const j = between(0, i + 1);
        [cards[i], cards[j]] = [cards[j]!, cards[i]!];
      }
      return cards;
    },
    for: (name) => throwDice(`${seed}/${name}`),
  };
}
