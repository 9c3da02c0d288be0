import type { ArgsDef, ParsedArgs } from "citty";
import type { HubClient } from "../protocol/hub-client.ts";
import type { HubUrl } from "../protocol/hub-url.ts";
import type { CliEnvironment } from "./environment.ts";
import type { OutputFormat } from "./output/output-format.ts";

/** What the words of a command name, for completion. */
export type Completes = "process" | "supervisor" | "signal" | "topic" | "shell" | "group" | "nothing";

export type Terminal = {
  /** stdout is one: live lines, colours and questions make sense */
  readonly isTerminal: boolean;
  /** a person can answer */
  readonly canAsk: boolean;
  readonly colour: boolean;
  readonly columns: () => number;
  readonly rows: () => number;
};

/** All that a command may use of the world. */
export type CliContext = {
  /** @throws MultivisorError BAD_CONFIG where the address cannot be read */
  readonly hub: () => HubClient;
  /** its address and what is shown at its door; throws as `hub` */
  readonly hubUrl: () => HubUrl;
  readonly env: CliEnvironment;
  readonly terminal: Terminal;
  readonly output: OutputFormat;
  /** to stdout; the text brings its line breaks */
  readonly out: (text: string) => Promise<void>;
  /** one line to stderr */
  readonly err: (line: string) => void;
  /** asks a person a yes or no */
  readonly ask: (question: string) => Promise<boolean>;
  /** asks a person for a text; null: nobody answers */
  readonly askText: (question: string, isSecret: boolean) => Promise<string | null>;
  /** Ctrl-C */
  readonly signal: AbortSignal;
  readonly isPrompt: boolean;
};

export type CliCommand = {
  readonly name: string;
  /** one line, for lists */
  readonly summary: string;
  /** paragraphs for `help COMMAND` and docs/cli.md */
  readonly details: readonly string[];
  /** `multivisor cli …` lines to learn from */
  readonly examples: readonly string[];
  readonly args: ArgsDef;
  readonly words: {
    /** as in the usage line: `PATTERN…`; empty: none are taken */
    readonly usage: string;
    readonly completes: readonly Completes[];
    readonly least: number;
    readonly most: number;
  };
  /** code and when, besides 1, 2 and 4 that every command may give */
  readonly exitCodes: readonly (readonly [number, string])[];
  readonly run: (context: CliContext, args: Readonly<Record<string, unknown>>, words: string[]) => Promise<number>;
};

type Definition<T extends ArgsDef> = Omit<
  CliCommand,
  "run" | "args" | "words" | "exitCodes" | "details" | "examples"
> & {
  readonly args?: T;
  readonly words?: Partial<CliCommand["words"]>;
  readonly details?: readonly string[];
  readonly examples?: readonly string[];
  readonly exitCodes?: CliCommand["exitCodes"];
  readonly run: (context: CliContext, args: ParsedArgs<T>, words: string[]) => Promise<number>;
};

/** @returns the definition with what it left out; flags are typed inside `run` alone */
export function defineCliCommand<const T extends ArgsDef>(definition: Definition<T>): CliCommand {
  const takesWords = definition.words !== undefined;
  return {
    details: [],
    examples: [],
    exitCodes: [],
    ...definition,
    args: definition.args ?? {},
    words: {
      usage: "",
      completes: [],
      least: 0,
      most: takesWords ? Number.POSITIVE_INFINITY : 0,
      ...definition.words,
    },
    run: (context, args, words) => definition.run(context, args as ParsedArgs<T>, words),
  };
}
