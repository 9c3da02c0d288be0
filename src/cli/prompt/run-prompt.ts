import { MultivisorError, messageOf } from "../../domain/errors.ts";
import { printable } from "../../lib/printable.ts";
import { writeOut } from "../../lib/write-out.ts";
import type { CliContext } from "../cli-command.ts";
import { historyFile } from "../environment.ts";
import { paint } from "../output/colours.ts";
import { knownProcesses } from "../select/known-fleet.ts";
import { createFollowing } from "./following.ts";
import { readHistory, writeHistory } from "./history-file.ts";
import { createKeyboard } from "./keyboard.ts";
import { withEntry } from "./line-history.ts";
import { checkStages, openPipe, takesTerminal } from "./pipe.ts";
import { createReader } from "./reader.ts";
import { runLine } from "./run-line.ts";
import { runScript } from "./run-script.ts";
import { createScreen } from "./screen.ts";
import { splitLine } from "./split-words.ts";

const PROMPT = "multivisor> ";
const LEAVE: ReadonlySet<string> = new Set(["exit", "quit"]);

/** `multivisor cli` alone. @returns exit code */
export async function runPrompt(context: CliContext): Promise<number> {
  if (!context.terminal.canAsk) return runScript(context);
  context.hubUrl(); // a mistaken address is told before anything else
  const { terminal } = context;
  const path = historyFile(context.env);
  let history = readHistory(path);
  let running: AbortController | null = null;
  /** Ctrl-C right after Enter, before the command has begun */
  let wasInterrupted = false;
  const write = (text: string) => void process.stdout.write(text);
  const screen = createScreen(write, () => ({ rows: terminal.rows(), columns: terminal.columns() }));
  const following = createFollowing(context, screen, () => running !== null);
  const suspend = () => {
    release();
    process.kill(process.pid, "SIGTSTP");
    take();
  };
  const reader = createReader({
    ...{ screen, history: () => history, columns: terminal.columns, onSuspend: suspend },
    onInterrupt() {
      wasInterrupted = true;
      running?.abort();
    },
    names: () => {
      const data = { name: "", supervisors: Object.fromEntries(following.fleet().supervisors()) };
      return { uids: knownProcesses(data).map(({ uid }) => uid), supervisors: Object.keys(data.supervisors) };
    },
  });
  const keyboard = createKeyboard(reader.key);
  const take = () => {
    keyboard.take();
    screen.start();
  };
  const release = () => {
    screen.end();
    keyboard.release();
  };

  const tell = (error: unknown) => {
    const bug = error instanceof MultivisorError ? "" : " (this is a bug)";
    screen.print([paint(`${printable(messageOf(error))}${bug}`, "red", terminal.colour)]);
  };
  const ask = async (question: string, isSecret: boolean) => {
    const { kind, text } = await reader.read({ prompt: question, isSecret });
    if (kind === "interrupt") running?.abort();
    return kind === "line" ? text : null;
  };
  const perform = async (words: readonly string[], stages: readonly (readonly string[])[]) => {
    const controller = new AbortController();
    running = controller;
    if (wasInterrupted) controller.abort();
    const own: CliContext = {
      ...context,
      ...{ isPrompt: true, signal: controller.signal, out: writeOut },
      err: (line) => screen.print([line]),
      askText: ask,
      ask: async (question) => /^y(es)?$/i.test(((await ask(`${question} [y/N] `, false)) ?? "").trim()),
    };
    const isAway = takesTerminal(stages);
    try {
      checkStages(stages);
      if (stages.length === 0) await runLine(own, words);
      else {
        if (isAway) release();
        const pipe = openPipe(stages, controller.signal);
        const plain = { ...terminal, isTerminal: false, colour: false };
        await runLine({ ...own, out: pipe.out, terminal: plain }, words).finally(pipe.end);
      }
    } catch (error) {
      if (isAway) take();
      tell(error);
      return error;
    } finally {
      running = null;
      following.check();
    }
    if (isAway) take();
    return null;
  };
  const performLine = async (line: string) => {
    const { stages, open } = splitLine(line);
    const [first = [], ...others] = stages.map((words) => words.map(({ text }) => text));
    if (open !== null) return tell(new MultivisorError("BAD_CONFIG", `the quote ${open} is not closed`));
    return first.length > 0 || others.length > 0 ? perform(first, others) : null;
  };

  const leave = () => {
    running?.abort();
    reader.close();
  };
  process.stdout.on("resize", screen.resized);
  process.on("exit", screen.end); // whatever ends us
  for (const signal of ["SIGTERM", "SIGHUP"] as const) process.once(signal, leave);
  take();
  following.check();
  const problem = await performLine("status");
  if (problem instanceof MultivisorError && problem.code === "UNAUTHORIZED") {
    await performLine("login"); // as supervisorctl's prompt asks
    await performLine("status");
  }
  for (let typed = ""; ; ) {
    wasInterrupted = false;
    const { kind, text } = await reader.read({ prompt: PROMPT, isCommand: true, text: typed });
    typed = kind === "refresh" ? text : "";
    if (kind === "end" || (kind === "line" && LEAVE.has(text.trim()))) break;
    if (kind === "refresh") await performLine("refresh-status");
    if (kind !== "line") continue;
    history = withEntry(history, text.trim());
    writeHistory(path, history);
    await performLine(text);
  }
  following.end();
  release();
  return 0;
}
