import type { Fault } from "../fault.ts";
import type { Promised } from "../promise.ts";
import type { LogLine } from "../stage/log-book.ts";

const LINES_OF_A_FAULT = 12;
/** The same words; each of them is news to somebody. */
const MOST_ALIKE = 20;
/** … and where many faults come to one link at a time, each ends it a few times. */
const ALIKE_OF_A_FAULT = 3;

const notTold = ({ name, tells }: Fault, lines: readonly LogLine[]): string[] =>
  tells === null || lines.some(({ log, text }) => log === tells.log && tells.line.test(text))
    ? []
    : [`"${name}": no line of ${tells.log} says ${tells.line}`];

function floods(faults: readonly Fault[], lines: readonly LogLine[]): string[] {
  const most = faults.reduce((sum, { mostLines = LINES_OF_A_FAULT }) => sum + mostLines, 0);
  const mostAlike = Math.max(MOST_ALIKE, faults.length * ALIKE_OF_A_FAULT);
  const alike = [...Map.groupBy(lines, ({ log, text }) => `${log}: ${text}`)].filter(
    ([, all]) => all.length > mostAlike,
  );
  return [
    ...(lines.length > most ? [`${lines.length} lines, at most ${most} for these faults`] : []),
    ...alike.map(([text, all]) => `${all.length} times: ${text}`),
  ];
}

const unclear = (lines: readonly LogLine[]): string[] =>
  lines
    .filter(({ text }) => !/^(?:DEBUG|INFO|WARN|ERROR) /.test(text))
    .slice(0, 5)
    .map(({ log, text }) => `no line of ours: ${log}: ${text}`);

export const oneClearLine: Promised = {
  name: "each fault is told by one clear line, and by no flood",
  broken: ({ faults, lines }) => [
    ...faults.flatMap((fault) => notTold(fault, lines)),
    ...floods(faults, lines),
    ...unclear(lines),
  ],
};
