/** A program that we started, in a session of its own: a Ctrl-C at the terminal reaches us alone, and we end it. */
export type Child = {
  readonly name: string;
  readonly pid: number;
  /** exit code, or null for a signal */
  readonly exited: Promise<number | null>;
  readonly hasExited: () => boolean;
  readonly signal: (signal: NodeJS.Signals) => void;
};

/** @param logfile takes stdout and stderr */
export function startChild(
  name: string,
  words: readonly string[],
  options: { readonly env: Record<string, string | undefined>; readonly cwd: string; readonly logfile: string },
): Child {
  let over = false;
  const log = Bun.file(options.logfile);
  const proc = Bun.spawn([...words], {
    cwd: options.cwd,
    env: options.env,
    stdin: "ignore",
    stdout: log,
    stderr: log,
    detached: true,
    onExit: () => {
      over = true;
    },
  });
  return {
    name,
    pid: proc.pid,
    exited: proc.exited.then(() => proc.exitCode),
    hasExited: () => over,
    signal: (signal) => {
      if (!over) proc.kill(signal);
    },
  };
}

/** @returns whether all had exited before `timeoutMs` had passed */
export async function allExited(children: readonly Child[], timeoutMs: number): Promise<boolean> {
  let timer: Timer | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(resolve, timeoutMs, false);
  });
  const all = Promise.all(children.map((child) => child.exited)).then(() => true as const);
  return Promise.race([all, late]).finally(() => clearTimeout(timer));
}
