/** Seconds after which a bench is taken to hang: several times what it takes on a quiet machine. */
const LIMIT_S = 300;
const LONGER_S: Readonly<Record<string, number>> = {
  history: 1_200,
  scale: 900,
  soak: 1_800,
  throughput: 900,
  "long-open": 5_400,
};

export const limitS = (bench: string): number => LONGER_S[bench] ?? LIMIT_S;
