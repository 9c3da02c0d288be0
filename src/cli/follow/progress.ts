import type { ProcessStateName } from "../../domain/states.ts";
import { printable } from "../../lib/printable.ts";
import type { CliContext } from "../cli-command.ts";
import { paint } from "../output/colours.ts";
import { createLiveArea } from "./live-area.ts";
import type { LiveFleet } from "./live-fleet.ts";

const MAX_LINES = 12;
const REDRAW_MS = 100;
/** The seconds go on. */
const SECOND_MS = 1_000;

export type Progress = {
  readonly done: (uid: string, line: string) => Promise<void>;
  readonly end: () => void;
};

/**
 * A live line for each target that is on its way; where nobody looks, the lines of those that arrived alone.
 * @param goal where they are to be
 */
export function showProgress(
  context: CliContext,
  fleet: LiveFleet,
  uids: readonly string[],
  goal: ProcessStateName,
): Progress {
  const left = new Map(uids.map((uid) => [uid, Date.now()]));
  const { isTerminal, columns, rows, colour } = context.terminal;
  if (!isTerminal || context.output !== "table") {
    const done = async (uid: string, line: string) => {
      left.delete(uid);
      if (context.output === "table" || context.output === "wide") await context.out(`${line}\n`);
    };
    return { done, end: () => {} };
  }
  const area = createLiveArea((text) => void context.out(text), columns);
  let isDirty = false;
  let drawnMs = 0;
  const draw = () => {
    isDirty = false;
    drawnMs = Date.now();
    const most = Math.max(1, Math.min(MAX_LINES, rows() - 4));
    const onTheWay = [...left].filter(([uid]) => !(moved.has(uid) && fleet.process(uid)?.statename === goal));
    const lines = onTheWay.slice(0, most).map(([uid, since]) => pendingLine(fleet, uid, since));
    const there = `${uids.length - onTheWay.length} of ${uids.length} are ${goal}`;
    area.show(uids.length > most ? [...lines, `… ${there}`] : lines);
  };
  const moved = new Set<string>();
  const unsubscribe = fleet.subscribe((news) => {
    if (news.kind === "process") moved.add(news.process.uid);
    isDirty = true;
  });
  const timer = setInterval(() => {
    if (isDirty || Date.now() - drawnMs >= SECOND_MS) draw();
  }, REDRAW_MS);
  draw();
  return {
    async done(uid, line) {
      left.delete(uid);
      const [head, ...rest] = line.split(": ERROR");
      area.print(rest.length === 0 ? line : `${head}: ${paint("ERROR", "red", colour)}${rest.join(": ERROR")}`);
      isDirty = true;
    },
    end() {
      clearInterval(timer);
      unsubscribe();
      area.show([]);
    },
  };
}

const pendingLine = (fleet: LiveFleet, uid: string, sinceMs: number): string =>
  `  ${printable(uid)}: ${fleet.process(uid)?.statename ?? "asked"}, ${Math.floor((Date.now() - sinceMs) / 1_000)} s`;
