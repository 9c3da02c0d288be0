import { MultivisorError } from "../../domain/errors.ts";
import { type CliContext, defineCliCommand } from "../cli-command.ts";
import { candidates, knownNames, type Names, SHELLS } from "../complete.ts";
import { COMPLETION_SCRIPTS } from "../help/completion-scripts.ts";

const DEADLINE_MS = 1_500;

export const completion = defineCliCommand({
  name: "completion",
  summary: "A script that has your shell complete commands, options and uids",
  details: [
    "For bash: source <(multivisor cli completion bash) in ~/.bashrc. For zsh: the same in ~/.zshrc, after compinit. For fish: multivisor cli completion fish > ~/.config/fish/completions/multivisor.fish",
  ],
  examples: ["completion bash", "completion fish"],
  args: { words: { type: "boolean", description: "Print what may stand in the place of the last word, after --" } },
  words: { usage: "bash|zsh|fish", completes: ["shell"] },
  async run(context, args, words) {
    if (args.words === true) {
      const found = await candidates(words, () => names(context)).catch(() => []);
      const last = words.at(-1) ?? "";
      const lines = found.filter((one) => one.startsWith(last)).map((one) => `${one}\n`);
      await context.out(lines.join(""));
      return 0;
    }
    const script = COMPLETION_SCRIPTS[words[0] as (typeof SHELLS)[number]];
    if (script === undefined || words.length !== 1)
      throw new MultivisorError("BAD_CONFIG", `completion: for which shell? ${SHELLS.join(", ")}`);
    await context.out(script);
    return 0;
  },
});

/** Nobody waits long for a Tab. */
async function names(context: CliContext): Promise<Names> {
  const { answer } = await context.hub().data(AbortSignal.any([context.signal, AbortSignal.timeout(DEADLINE_MS)]));
  return knownNames(answer);
}
