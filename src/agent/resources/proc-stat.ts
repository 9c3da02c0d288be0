/** What /proc/<pid>/stat says, as far as it is used. */
export type ProcStat = {
  readonly ppid: number;
  /** clock ticks of processor time: its own and that of children it has waited for */
  readonly ticks: number;
  /** clock ticks from the start of the machine to its own */
  readonly startTicks: number;
  readonly rssPages: number;
};

const [PPID, UTIME, CSTIME, START, RSS] = [1, 11, 14, 19, 21];

/** The name in parentheses may hold anything, spaces and parentheses too: fields are counted from its end. */
export function parseProcStat(text: string): ProcStat | null {
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ", RSS + 1);
  const number = (i: number) => Number(fields[i]);
  let ticks = 0;
  for (let i = UTIME; i <= CSTIME; i++) ticks += number(i);
  const stat = { ppid: number(PPID), ticks, startTicks: number(START), rssPages: number(RSS) };
  return fields.length > RSS && Number.isFinite(ticks) ? stat : null;
}
