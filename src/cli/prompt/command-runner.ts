import { MultivisorError, messageOf } from "../../domain/errors.ts";
import { printable } from "../../lib/printable.ts";
import { writeOut } from "../../lib/write-out.ts";
import type { CliContext } from "../cli-command.ts";
import { paint } from "../output/colours.ts";
import { checkStages, openPipe, type Pipe, takesTerminal } from "./pipe.ts";
import { runLine } from "./run-line.ts";
import type { Screen } from "./screen.ts";
import { splitLine } from "./split-words.ts";

export type CommandRunner = {
  /** One line; what goes wrong is told. @returns what that was, null where nothing did */
  readonly run: (line: string) => Promise<unknown>;
  readonly isBusy: () => boolean;
  /** Ctrl-C, also right before a command begins */
  readonly interrupt: () => void;
  /** since `expect` */
  readonly wasInterrupted: () => boolean;
  /** a line is waited for */
  readonly expect: () => void;
  /** the end: programs of a pipe are ended too */
  readonly close: () => void;
};

type Deps = {
  readonly context: CliContext;
  readonly screen: Screen;
  /** asks a person; null: no answer */
  readonly ask: (question: string, isSecret: boolean) => Promise<string | null>;
  /** gives the terminal to another program, and takes it back */
  readonly release: () => void;
  readonly take: () => void;
  readonly onDone: () => void;
};

type Stages = readonly (readonly string[])[];

/** Runs what is typed at the prompt. */
export function createCommandRunner(deps: Deps): CommandRunner {
  const { context, screen, ask, release, take, onDone } = deps;
  const { terminal } = context;
  const closing = new AbortController();
  let running: AbortController | null = null;
  let wasInterrupted = false;

  const tell = (error: unknown) => {
    const bug = error instanceof MultivisorError ? "" : " (this is a bug)";
    screen.print([paint(`${printable(messageOf(error))}${bug}`, "red", terminal.colour)]);
    return error;
  };
  const contextOf = (signal: AbortSignal): CliContext => ({
    ...context,
    ...{ isPrompt: true, signal, out: writeOut, askText: ask },
    err: (line) => screen.print([line]),
    ask: async (question) => /^y(es)?$/i.test(((await ask(`${question} [y/N] `, false)) ?? "").trim()),
  });
  /** The programs are begun with the first output: until then questions can be asked. */
  const runPiped = async (controller: AbortController, words: readonly string[], stages: Stages): Promise<void> => {
    const own = contextOf(controller.signal);
    const isAway = takesTerminal(stages);
    // A pager gets Ctrl-C from the terminal itself, and goes on: so it is not ended when the command is.
    const signal = isAway ? closing.signal : AbortSignal.any([controller.signal, closing.signal]);
    const held: string[] = [];
    let pipe: Pipe | null = null;
    const begun = () => {
      if (pipe === null && isAway) release();
      pipe ??= openPipe(stages, { signal, onGone: () => controller.abort() });
      return pipe;
    };
    const piped: CliContext = {
      ...{ ...own, terminal: { ...terminal, isTerminal: false, colour: false } },
      out: (text) => begun().out(text),
      err: (line) => (pipe !== null && isAway ? void held.push(line) : own.err(line)),
    };
    try {
      await runLine(piped, words);
      if (!isAway) begun(); // `| wc -l` has something to say of nothing too
    } finally {
      await (pipe as Pipe | null)?.end();
      if (pipe !== null && isAway) take();
      screen.print(held);
    }
  };
  const perform = async (words: readonly string[], stages: Stages): Promise<void> => {
    const controller = new AbortController();
    running = controller;
    if (wasInterrupted) controller.abort();
    checkStages(stages);
    if (stages.length > 0) return runPiped(controller, words, stages);
    await runLine(contextOf(controller.signal), words);
  };

  return {
    async run(line) {
      const { stages, open } = splitLine(line);
      const [words = [], ...others] = stages.map((stage) => stage.map(({ text }) => text));
      if (open !== null) return tell(new MultivisorError("BAD_CONFIG", `the quote ${open} is not closed`));
      if (words.length === 0 && others.length === 0) return null;
      try {
        await perform(words, others);
        return null;
      } catch (error) {
        return tell(error);
      } finally {
        running = null;
        onDone();
      }
    },
    isBusy: () => running !== null,
    interrupt() {
      wasInterrupted = true;
      running?.abort();
    },
    wasInterrupted: () => wasInterrupted,
    expect() {
      wasInterrupted = false;
    },
    close() {
      closing.abort();
      running?.abort();
    },
  };
}
