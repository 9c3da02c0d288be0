import { createEventReader, type RawEvent } from "../supervisord/event-reader.ts";

export const READY = "READY\n";
/** In one write: answering and asking for the next one apart would cost a turn of supervisord's loop for each event. */
export const OK_READY = "RESULT 2\nOKREADY\n";

/**
 * The event listener protocol. Each event is handed over, answered, and only then followed up; the answer is always OK,
 * because supervisord would send an event that it thinks refused again and again.
 * @param write must be one write(2) for each text, to nothing but supervisord
 * @returns when supervisord has closed our stdin: it is gone
 * @throws MultivisorError BAD_WIRE where the input is no event
 */
export async function listenToEvents(deps: {
  readonly input: ReadableStream<Uint8Array>;
  readonly write: (text: string) => void;
  readonly handle: (event: RawEvent) => () => void;
}): Promise<void> {
  const readEvents = createEventReader();
  deps.write(READY);
  for await (const bytes of deps.input) {
    for (const event of readEvents(bytes)) {
      const followUp = deps.handle(event);
      deps.write(OK_READY);
      followUp();
    }
  }
}
