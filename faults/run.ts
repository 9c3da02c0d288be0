/**
 * `npm run faults -- [--seed N] [--minutes M] [--short] [--only WORDS] [--report FILE]`: lets everything go wrong that can, in an order that
 * the seed alone says, and proves after each round that what multivisor promises was kept. Needs root (small disks), a
 * supervisord, libfaketime and a built executable. `--short` is all of it once, by the same seed each time; else it goes on
 * with one seed after the other for an hour. The last line is `N passed, N failed`; the report has both as JSON, and what was broken.
 */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { EVERY_FAULT } from "./every-fault.ts";
import { runDeck } from "./run-deck.ts";
import { LONG_PACE, SHORT_PACE } from "./schedule.ts";

const { values } = parseArgs({
  options: {
    seed: { type: "string" },
    minutes: { type: "string", default: "60" },
    short: { type: "boolean", default: false },
    only: { type: "string" },
    report: { type: "string" },
  },
});

const FIRST_SEED = 1;
const seedNow = (): number => (values.short ? FIRST_SEED : Math.floor(Math.random() * 1_000_000_000));
const pace = values.short ? SHORT_PACE : LONG_PACE;
const say = (line: string) => console.log(line);

const faults = EVERY_FAULT.filter(({ name }) => values.only === undefined || name.includes(values.only));
const repeat = (seed: number) =>
  `npm run faults -- --seed ${seed} ${values.short ? "--short" : "--minutes 0"}${values.only === undefined ? "" : ` --only ${JSON.stringify(values.only)}`}`;

const endMs = performance.now() + Number(values.minutes) * 60_000;
const sum = { passed: 0, failed: 0, broken: [] as string[] };
let seed = values.seed === undefined ? seedNow() : Number(values.seed);
if (!Number.isInteger(seed)) throw new Error(`--seed takes a whole number, not ${values.seed}`);
do {
  const beganMs = performance.now();
  say(`seed ${seed}: ${faults.length} kinds of faults`);
  const { passed, broken } = await runDeck(seed, faults, pace, say);
  const failed = broken.length;
  sum.passed += passed;
  sum.failed += failed;
  sum.broken.push(...broken.map((promise) => `seed ${seed}: ${promise}`));
  say(`  ${passed} promises kept, ${failed} broken, in ${Math.round((performance.now() - beganMs) / 1_000)} s`);
  if (failed > 0) say(`  to repeat it: ${repeat(seed)}`);
  seed++;
} while (!values.short && performance.now() < endMs);
if (values.report !== undefined) writeFileSync(values.report, `${JSON.stringify(sum)}\n`);
say(`${sum.passed} passed, ${sum.failed} failed`);
process.exit(sum.failed === 0 && sum.passed > 0 ? 0 : 1);
