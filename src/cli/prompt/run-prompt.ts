import { MultivisorError } from "../../domain/errors.ts";
import { masked } from "../../lib/printable.ts";
import type { CliContext } from "../cli-command.ts";
import { knownNames } from "../complete.ts";
import { historyFile } from "../environment.ts";
import { widthOf } from "../output/width.ts";
import { type CommandRunner, createCommandRunner } from "./command-runner.ts";
import { createFollowing } from "./following.ts";
import { openLineHistory } from "./history-file.ts";
import { createKeyboard } from "./keyboard.ts";
import { createReader } from "./reader.ts";
import { runScript } from "./run-script.ts";
import { createScreen } from "./screen.ts";

const PROMPT = "multivisor> ";
const LEAVE: ReadonlySet<string> = new Set(["exit", "quit"]);

/** `multivisor cli` alone. @returns exit code */
export async function runPrompt(context: CliContext): Promise<number> {
  if (!context.terminal.canAsk) return runScript(context);
  context.hubUrl(); // a mistaken address is told before anything else
  const { terminal } = context;
  const history = openLineHistory(historyFile(context.env));
  const write = (text: string) => void process.stdout.write(text);
  const screen = createScreen(write, () => ({ rows: terminal.rows(), columns: terminal.columns() }));
  const following = createFollowing(context, screen, () => runner.isBusy());
  const names = () => knownNames({ name: "", supervisors: Object.fromEntries(following.fleet().supervisors()) });
  const reader = createReader({
    ...{ screen, history: history.lines, columns: terminal.columns, names },
    onInterrupt: () => runner.interrupt(),
    onSuspend() {
      release();
      process.kill(process.pid, "SIGTSTP");
      take();
    },
  });
  const leave = () => {
    runner.close();
    reader.close();
  };
  const keyboard = createKeyboard(reader.key, leave);
  const take = () => {
    keyboard.take();
    screen.start();
  };
  const release = () => {
    screen.end();
    keyboard.release();
  };
  const ask = async (question: string, isSecret: boolean) => {
    if (widthOf(question) > terminal.columns() / 2) screen.print([question.trimEnd()]);
    const { kind, text } = await reader.read({ prompt: question, isSecret });
    if (kind === "interrupt") runner.interrupt();
    return kind === "line" ? text : null;
  };
  const runner: CommandRunner = createCommandRunner({
    ...{ context, screen, ask, release, take },
    onDone: following.check,
  });

  /** @returns whether to leave */
  const runLines = async (lines: readonly string[]) => {
    for (const line of lines) {
      if (runner.wasInterrupted()) return false;
      if (lines.length > 1) screen.print([`${PROMPT}${masked(line)}`]);
      if (LEAVE.has(line.trim())) return true;
      history.add(line);
      await runner.run(line);
    }
    return false;
  };

  process.stdout.on("resize", screen.resized);
  process.on("exit", screen.end); // whatever ends us
  process.on("SIGINT", () => reader.key({ name: "c", ctrl: true }));
  for (const signal of ["SIGTERM", "SIGHUP"] as const) process.once(signal, leave);
  take();
  following.check();
  await greet(runner);
  for (let typed = ""; ; ) {
    runner.expect();
    const { kind, text } = await reader.read({ prompt: PROMPT, isCommand: true, text: typed });
    typed = kind === "refresh" ? text : "";
    if (kind === "refresh") await runner.run("refresh-status");
    if (kind === "end") break;
    if (kind === "line" && (await runLines(text.split("\n")))) break;
  }
  following.end();
  release();
  return 0;
}

async function greet(runner: CommandRunner): Promise<void> {
  const problem = await runner.run("status");
  if (!(problem instanceof MultivisorError) || problem.code !== "UNAUTHORIZED") return;
  await runner.run("login"); // as supervisorctl's prompt asks
  await runner.run("status");
}
