import { MultivisorError } from "../domain/errors.ts";
import type { CliCommand, CliContext } from "./cli-command.ts";

/** `multivisor cli stop`: 130, as of every program that Ctrl-C ends. */
export const EXIT_INTERRUPTED = 130;

/** Ctrl-C: not an error, and nobody needs to be told what they did. */
export const isInterruption = (error: unknown, signal: AbortSignal): boolean =>
  signal.aborted && !(error instanceof MultivisorError);

/** @throws MultivisorError BAD_CONFIG where there are too many or too few words; whatever the command throws */
export async function runCliCommand(
  command: CliCommand,
  context: CliContext,
  args: Readonly<Record<string, unknown>>,
  words: readonly string[],
): Promise<number> {
  const { least, most, usage } = command.words;
  if (words.length < least)
    throw new MultivisorError("BAD_CONFIG", `${command.name} needs ${usage}: see help ${command.name}`);
  if (words.length > most) throw new MultivisorError("BAD_CONFIG", `unexpected word "${words[most]}"`);
  try {
    return await command.run(context, args, [...words]);
  } catch (error) {
    if (!isInterruption(error, context.signal)) throw error;
    return EXIT_INTERRUPTED;
  }
}
