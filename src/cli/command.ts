import { defineCommand, type SubCommandsDef } from "citty";
import { MultivisorError, messageOf } from "../domain/errors.ts";
import type { StrictCommand } from "../lib/strict-command.ts";
import { writeOut } from "../lib/write-out.ts";
import { createHubClient } from "../protocol/hub-client.ts";
import { parseHubUrl } from "../protocol/hub-url.ts";
import { chooseHub } from "./account/choose-hub.ts";
import { askText, askYes } from "./ask-person.ts";
import type { CliCommand, CliContext } from "./cli-command.ts";
import { COMMANDS } from "./commands.ts";
import { GLOBAL_ARGS, outputOf } from "./global-args.ts";
import { runCliCommand } from "./run-cli-command.ts";

type GlobalFlags = { url?: string; "token-file"?: string; output?: string; json?: boolean; color?: boolean };

/** The one place that reads the environment and the standard streams. */
function createContext(flags: GlobalFlags, signal: AbortSignal): CliContext {
  const env = process.env;
  const isTerminal = process.stdout.isTTY === true && env.TERM !== "dumb";
  const hubUrl = () => chooseHub(env, flags.url, flags["token-file"], parse);
  const err = (line: string) => void process.stderr.write(`${line}\n`);
  return {
    hub: () => createHubClient(hubUrl()),
    hubUrl,
    env,
    terminal: {
      isTerminal,
      canAsk: isTerminal && process.stdin.isTTY === true,
      colour: isTerminal && !env.NO_COLOR && flags.color !== false,
      columns: () => process.stdout.columns || 80,
      rows: () => process.stdout.rows || 24,
    },
    output: outputOf(flags),
    out: writeOut,
    err,
    ask: (question) => askYes(question, signal),
    askText: (question, isSecret) => askText(question, isSecret, signal),
    signal,
    isPrompt: false,
  };
}

function parse(text: string, source: string) {
  try {
    return parseHubUrl(text);
  } catch (error) {
    throw new MultivisorError("BAD_CONFIG", `${source}: ${messageOf(error)}`);
  }
}

/** The first Ctrl-C ends what is going on in order; the second one at once. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  process.once("SIGINT", () => controller.abort());
  process.once("SIGTERM", () => controller.abort());
  process.stdout.once("error", () => controller.abort()); // `tail -f | head -1`: nobody reads on
  return controller.signal;
}

/** A command of ours as citty and the strict reader of flags know one. */
const toCitty = (command: CliCommand): StrictCommand => ({
  meta: { name: command.name, description: [command.summary, ...command.details].join(". ").replaceAll("..", ".") },
  args: { ...GLOBAL_ARGS, ...command.args },
  ...(command.words.most > 0 && {
    rest: { name: restName(command), description: "see `multivisor cli help patterns`" },
  }),
  run: ({ args }) => {
    const context = createContext(args as GlobalFlags, interruption());
    return runCliCommand(command, context, args, args._ as string[]);
  },
});

/** citty puts the brackets and the dots around it. */
const restName = ({ words }: CliCommand): string =>
  words.usage
    .replaceAll(/[[\]…]/g, "")
    .trim()
    .toLowerCase();

const subCommands: SubCommandsDef = Object.fromEntries(
  Object.entries(COMMANDS).map(([name, load]) => [name, () => load().then(toCitty)]),
);

export const cliCommand = defineCommand({
  meta: { name: "cli", description: "Ask a hub from the command line; alone: a prompt" },
  args: GLOBAL_ARGS,
  subCommands,
  async run({ args }) {
    const { runPrompt } = await import("./prompt/run-prompt.ts");
    return runPrompt(createContext(args as GlobalFlags, new AbortController().signal));
  },
});
