/** Longest time that the page does not answer because of us. */
const MOST_MS = 16;

/** @returns to be awaited now and then within long work: lets the page answer where it is time to */
export function breather(): () => Promise<void> | null {
  let began = performance.now();
  return () => {
    if (performance.now() - began < MOST_MS) return null;
    return new Promise((go) => {
      const on = () => {
        began = performance.now();
        go();
      };
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = on;
      port2.postMessage(null);
    });
  };
}

const RUN = 500;

/** Like `toSorted`, but the page answers meanwhile. */
export async function sortedCalmly<T>(items: readonly T[], compare: (a: T, b: T) => number): Promise<T[]> {
  const breathe = breather();
  let runs: T[][] = [];
  for (let i = 0; i < items.length; i += RUN) {
    runs.push(items.slice(i, i + RUN).sort(compare));
    await breathe();
  }
  while (runs.length > 1) {
    const merged: T[][] = [];
    for (let i = 0; i < runs.length; i += 2)
      merged.push(await merge(runs[i] ?? [], runs[i + 1] ?? [], compare, breathe));
    runs = merged;
  }
  return runs[0] ?? [];
}

async function merge<T>(
  a: readonly T[],
  b: readonly T[],
  compare: (a: T, b: T) => number,
  breathe: () => Promise<void> | null,
): Promise<T[]> {
  const merged: T[] = [];
  let [i, j] = [0, 0];
  while (i < a.length && j < b.length) {
    merged.push(compare(a[i] as T, b[j] as T) <= 0 ? (a[i++] as T) : (b[j++] as T));
    if (merged.length % RUN === 0) await breathe();
  }
  return merged.concat(a.slice(i), b.slice(j));
}
