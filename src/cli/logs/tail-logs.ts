import { MultivisorError, messageOf } from "../../domain/errors.ts";
import { printable } from "../../lib/printable.ts";
import type { CliContext } from "../cli-command.ts";
import { createLineSplitter, type LineSplitter } from "./line-splitter.ts";
import { type LinePrinter, linePrinter } from "./log-lines.ts";
import type { LogSource } from "./log-source.ts";
import { followLog, readPage } from "./read-log.ts";

export type TailOptions = {
  readonly lines: number;
  readonly follow: boolean;
  readonly grep: RegExp | null;
  readonly isRaw: boolean;
};

/** @returns exit code: 1 where one has no log */
export async function tailLogs(context: CliContext, sources: readonly LogSource[], options: TailOptions) {
  const print = linePrinter(context, sources, options.isRaw);
  const cursors: (string | null)[] = [];
  const splitters = sources.map(createLineSplitter);
  let missing = 0;
  for (const [i, source] of sources.entries()) {
    try {
      cursors.push(await firstLines(context, source, splitters[i] ?? createLineSplitter(), options, print));
    } catch (error) {
      if (!(error instanceof MultivisorError) || !PER_LOG.has(error.code)) throw error;
      context.err(printable(`${source.name}: ERROR (${error.code === "NO_LOG" ? "no log file" : messageOf(error)})`));
      missing++;
      cursors.push(null);
    }
  }
  if (options.follow) {
    const from = (i: number) => ({ cursor: cursors[i] ?? null, splitter: splitters[i] ?? createLineSplitter() });
    await Promise.all(sources.map((source, i) => follow(context, source, from(i), options, print)));
    return 130;
  }
  return missing > 0 ? 1 : 0;
}

const PER_LOG: ReadonlySet<string> = new Set(["NO_LOG", "BAD_NAME", "HOST_UNREACHABLE", "FAILED", "FORBIDDEN", "BUSY"]);

const matching = (lines: readonly string[], { grep }: TailOptions): string[] =>
  grep === null ? [...lines] : lines.filter((line) => grep.test(line));

async function firstLines(
  context: CliContext,
  source: LogSource,
  splitter: LineSplitter,
  options: TailOptions,
  print: LinePrinter,
): Promise<string> {
  const hub = context.hub();
  const { bytes, next } = await readPage(hub, source, { lines: String(options.lines) }, context.signal);
  // Half a line waits for its other half, where that may come.
  const lines = options.lines === 0 ? [] : [...splitter.push(bytes), ...(options.follow ? [] : splitter.rest())];
  await print(source, matching(lines, options));
  return next;
}

async function follow(
  context: CliContext,
  source: LogSource,
  { cursor, splitter }: { readonly cursor: string | null; readonly splitter: LineSplitter },
  options: TailOptions,
  print: LinePrinter,
): Promise<void> {
  let trouble: string | null = null;
  await followLog(
    {
      ...{ hub: context.hub(), source },
      onBytes: (bytes) => print(source, matching(splitter.push(bytes), options)),
      onTrouble(message) {
        if (message !== null && message !== trouble) context.err(printable(`${source.name}: ${message}`));
        trouble = message;
      },
    },
    cursor,
    context.signal,
  );
  await print(source, matching(splitter.rest(), options));
}
