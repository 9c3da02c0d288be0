import { MultivisorError, messageOf } from "../../domain/errors.ts";
import { backoffMs } from "../../lib/backoff.ts";
import { printable } from "../../lib/printable.ts";
import { sleep } from "../../lib/sleep.ts";
import { type CliContext, defineCliCommand } from "../cli-command.ts";
import { printableJson } from "../output/json.ts";

export const events = defineCliCommand({
  name: "events",
  summary: "What happens, as it happens: one JSON object a line",
  details: [
    'Each line is `{"event": …, "payload": …}` as /api/stream sends it, until Ctrl-C. When the connection is lost this says so on stderr, comes back by itself, and goes on after the last event; where the hub no longer has what came between, one `resync` says so, and the history has it.',
  ],
  examples: [
    "events",
    "events --only notification",
    "events | jq -r 'select(.event==\"notification\").payload.message'",
  ],
  args: { only: { type: "string", valueHint: "EVENT", description: "One or more kinds of event, with commas" } },
  exitCodes: [[130, "Ctrl-C"]],
  async run(context, { only }) {
    const kinds = only?.split(",").map((kind) => kind.trim());
    const place: Place = { id: null };
    for (let failures = 0; !context.signal.aborted; failures++) {
      if (failures > 0) await sleep(backoffMs(failures, { maxMs: 2_000 }), context.signal);
      try {
        await once(context, kinds, place, () => {
          if (failures > 0) context.err("connected again");
          failures = 0;
        });
        context.err("the hub ended the stream, trying again");
      } catch (error) {
        if (context.signal.aborted) break;
        if (failures === 0 && !isPassing(error)) throw error;
        if (failures <= 1) context.err(printable(`${messageOf(error)}, trying again`));
      }
    }
    return 130;
  },
});

/** Of the last event. */
type Place = { id: string | null };

async function once(
  context: CliContext,
  kinds: readonly string[] | undefined,
  place: Place,
  onOpen: () => void,
): Promise<void> {
  for await (const { event, payload, id } of context.hub().stream(context.signal, onOpen, place.id)) {
    place.id = id || null;
    const isWanted = kinds === undefined || kinds.includes(event) || event === "resync";
    if (isWanted) await context.out(`${printableJson({ event, payload }, 0)}\n`);
  }
}

/** A hub that was never there is an error; one that went away comes back. */
const isPassing = (error: unknown): boolean =>
  error instanceof MultivisorError ? error.code === "TIMEOUT" : !(error instanceof SyntaxError);
