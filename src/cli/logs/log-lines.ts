import { printable } from "../../lib/printable.ts";
import type { CliContext } from "../cli-command.ts";
import { type Colour, paint } from "../output/colours.ts";
import { printableJson } from "../output/json.ts";
import { padTo, widthOf } from "../output/width.ts";
import type { LogSource } from "./log-source.ts";

const COLOURS: readonly Colour[] = ["cyan", "green", "yellow", "magenta", "blue"];

/** Tabs harm nobody, and a carriage return before the line break neither. */
const harmless = (line: string): string => line.replace(/\r$/, "").split("\t").map(printable).join("\t");

export type LinePrinter = (source: LogSource, lines: readonly string[]) => Promise<void>;

/**
 * Lines of one or several logs: with the name in front where there are several; as they are with `isRaw`; one object a line
 * for programs.
 */
export function linePrinter(context: CliContext, sources: readonly LogSource[], isRaw: boolean): LinePrinter {
  const width = Math.max(0, ...sources.map(({ name }) => widthOf(printable(name))));
  const colours = new Map(sources.map(({ name }, i) => [name, COLOURS[i % COLOURS.length] ?? null]));
  const forPrograms = context.output === "json" || context.output === "ndjson";
  return async (source, lines) => {
    if (lines.length === 0) return;
    const { name, channel } = source;
    const prefix =
      sources.length < 2
        ? ""
        : paint(`${padTo(printable(name), width)} | `, colours.get(name) ?? null, context.terminal.colour);
    const text = forPrograms
      ? lines.map((line) => `${printableJson({ name, channel, line }, 0)}\n`)
      : lines.map((line) => `${prefix}${isRaw ? line : harmless(line)}\n`);
    await context.out(text.join(""));
  };
}
