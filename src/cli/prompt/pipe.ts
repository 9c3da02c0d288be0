import { MultivisorError } from "../../domain/errors.ts";

/** No shell in between: these, with their own arguments. */
const PROGRAMS: ReadonlySet<string> = new Set(["grep", "less", "more", "head", "tail", "sort", "uniq", "wc", "cut"]);
const FULL_SCREEN: ReadonlySet<string> = new Set(["less", "more"]);

export type Pipe = {
  readonly out: (text: string) => Promise<void>;
  /** resolves when the last program has ended */
  readonly end: () => Promise<void>;
};

export const takesTerminal = (stages: readonly (readonly string[])[]): boolean =>
  stages.some(([program = ""]) => FULL_SCREEN.has(program));

/** @throws MultivisorError BAD_CONFIG for anything but the programs above, and where one is not there */
export function checkStages(stages: readonly (readonly string[])[]): void {
  for (const [program = ""] of stages) {
    if (!PROGRAMS.has(program))
      throw new MultivisorError("BAD_CONFIG", `cannot pipe into "${program}": use ${[...PROGRAMS].join(", ")}`);
    if (Bun.which(program) === null) throw new MultivisorError("BAD_CONFIG", `${program} is not installed here`);
  }
}

type Ending = {
  /** kills them */
  readonly signal: AbortSignal;
  /** the last of them has ended: nothing more of what is written will be seen */
  readonly onGone: () => void;
};

export function openPipe(stages: readonly (readonly string[])[], { signal, onGone }: Ending): Pipe {
  const children: Bun.Subprocess<"pipe" | ReadableStream<Uint8Array>, "pipe" | "inherit", "inherit">[] = [];
  let source: "pipe" | ReadableStream<Uint8Array> = "pipe";
  for (const [i, words] of stages.entries()) {
    const stdout = i === stages.length - 1 ? "inherit" : "pipe";
    const child = Bun.spawn([...words], { stdin: source, stdout, stderr: "inherit", signal });
    children.push(child);
    source = child.stdout as ReadableStream<Uint8Array>;
  }
  void children.at(-1)?.exited.then(onGone);
  const first = children[0]?.stdin as unknown as Bun.FileSink;
  return {
    async out(text) {
      // Who has seen enough (head, less and q) is gone.
      try {
        first.write(text);
        await first.flush();
      } catch {}
    },
    async end() {
      try {
        await first.end();
      } catch {}
      await Promise.all(children.map((child) => child.exited));
    },
  };
}
