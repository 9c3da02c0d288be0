import type { CliContext } from "../cli-command.ts";

export async function runPrompt(context: CliContext): Promise<number> {
  context.err("no prompt yet");
  return 2;
}
