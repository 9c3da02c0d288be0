/**
 * One server-sent event as text (https://html.spec.whatwg.org/multipage/server-sent-events.html). Each line of `data`
 * becomes a `data:` line of its own, so that text of any shape arrives as it was (CR and CRLF arrive as LF).
 * `id` and `event` must hold no line break: that is an error of the program.
 */
export function sseFrame(message: { readonly data: string; readonly event?: string; readonly id?: string }): string {
  for (const field of [message.event, message.id])
    if (field !== undefined && /[\r\n\0]/.test(field)) throw new Error(`SSE field with a line break: ${field}`);
  const head =
    (message.event === undefined ? "" : `event: ${message.event}\n`) +
    (message.id === undefined ? "" : `id: ${message.id}\n`);
  const body = /[\r\n]/.test(message.data) ? message.data.split(/\r\n|\r|\n/).join("\ndata: ") : message.data;
  return `${head}data: ${body}\n\n`;
}

/** A comment: says that the sender lives, reaches no handler. */
export const SSE_HEARTBEAT = ":\n\n";
