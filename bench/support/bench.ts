import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { type Figure, figureOf, type Goal, goalText, isMet } from "./figure.ts";
import { figureTable } from "./figure-table.ts";
import { loadNow, surroundings } from "./surroundings.ts";
import { limitS } from "./time-limit.ts";

export type Bench = {
  /** Does it run, and not how fast: each thing once, and small. */
  readonly smoke: boolean;
  /** The one or the other, as `smoke` says. */
  readonly size: <T>(full: T, smoke: T) => T;
  /** One line of the table, of the values of all runs. */
  readonly figure: (name: string, unit: string, values: number | readonly number[], goal?: Goal) => void;
  /** The same for what has to hold on any machine, however slow: where it does not, the bench fails. */
  readonly must: (name: string, unit: string, value: number, goal: Goal) => void;
  /** Does it some times more than counts, and then as often as counts. @returns what each counted run gave */
  readonly repeat: <T>(runs: number, once: () => Promise<T> | T, warmUps?: number) => Promise<T[]>;
  /** A sentence below the table. */
  readonly note: (text: string) => void;
};

const RESULTS = join(import.meta.dir, "..", "results");

type Kept = { readonly figures?: readonly Figure[] };

function lastKept(file: string): readonly Figure[] {
  try {
    return (JSON.parse(readFileSync(file, "utf8")) as Kept).figures ?? [];
  } catch {
    return [];
  }
}

/**
 * A bench: prints its table beside the figures that were kept last, and keeps its own in results/NAME.json (a smoke run
 * keeps nothing). Ends the program.
 * @param path of the bench's file, after which it is named
 */
export async function bench(path: string, body: (bench: Bench) => Promise<void>): Promise<never> {
  const name = basename(path, ".ts");
  const smoke = process.argv.includes("--smoke");
  const figures: Figure[] = [];
  const notes: string[] = [];
  const broken: string[] = [];
  const add = (figure: Figure) => {
    figures.push(figure);
    if (!smoke) console.log(`  ${figure.name}: ${figure.median} ${figure.unit}`);
  };
  // What was started is ended at our exit, and there is none by a signal.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => process.exit(1));
  endAfter(limitS(name));
  const began = performance.now();
  const loadBefore = loadNow();
  await body({
    smoke,
    size: (full, small) => (smoke ? small : full),
    figure: (what, unit, values, goal) => add(figureOf(what, unit, [values].flat(), smoke ? undefined : goal)),
    must(what, unit, value, goal) {
      const figure = figureOf(what, unit, [value], goal);
      add(figure);
      if (!isMet(figure)) broken.push(`${what} is ${value}, not ${goalText(goal)}`);
    },
    note: (text) => void notes.push(text),
    async repeat(runs, once, warmUps = 1) {
      for (let i = 0; i < (smoke ? 0 : warmUps); i++) await once();
      const results = [];
      for (let i = 0; i < (smoke ? 1 : runs); i++) results.push(await once());
      return results;
    },
  });
  const seconds = Math.round((performance.now() - began) / 1_000);
  const file = join(RESULTS, `${name}.json`);
  console.log(figureTable(figures, smoke ? [] : lastKept(file)));
  for (const text of notes) console.log(text);
  const load = { before: loadBefore, after: loadNow() };
  console.log(`${seconds} s; load ${load.before} before, ${load.after} after`);
  if (!smoke) keep(file, { name, takenAt: new Date().toISOString(), seconds, load, ...surroundings(), figures, notes });
  for (const text of broken) console.error(`FAILED: ${text}`);
  process.exit(broken.length > 0 ? 1 : 0);
}

/** One that waits for what never comes would wait for ever. */
function endAfter(seconds: number): void {
  const end = () => {
    console.error(`FAILED: not done after ${seconds} s`);
    process.exit(1);
  };
  setTimeout(end, seconds * 1_000).unref();
}

function keep(file: string, result: object): void {
  mkdirSync(RESULTS, { recursive: true });
  writeFileSync(file, `${JSON.stringify(result, null, 1)}\n`);
}
