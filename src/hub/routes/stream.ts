import { Elysia, t } from "elysia";
import { StreamMessage } from "../../protocol/hub.ts";
import type { Requester } from "../actions/requester.ts";
import type { EnterStreams } from "../door/stream-room.ts";
import type { ApiStream } from "../live/api-stream.ts";
import { STREAM_EVENTS } from "../live/stream-message.ts";
import { STREAM } from "../openapi/examples.ts";
import { needs } from "./needs.ts";
import { streamResponse } from "./stream-response.ts";

const text = (description: string) => t.Optional(t.String({ maxLength: 1_000, description }));
const Query = t.Object({
  filter: text("in the language of the page: group:PLC state:fatal"),
  events: text(`names, separated by commas: ${STREAM_EVENTS.join(", ")}`),
  last_event_id: text("as the header Last-Event-ID, for those who cannot set one"),
});

const DESCRIPTION = `Unnamed messages, each one JSON object {"event", "payload"}. Every state that a process passes through is one \`process_changed\` and one \`notification\`, in order.
\`filter\` (in the language of the page) and \`events\` (names, separated by commas) say what is wanted. Each message has an id; who comes back with \`Last-Event-ID\` gets what was missed, or, where that is too long ago, one \`resync\`: take /api/data anew.`;

/** /api/stream: what happens, as it happens. */
export const streamRoutes = (deps: {
  readonly stream: ApiStream;
  readonly enter: EnterStreams;
  readonly who: (request: Request) => Requester;
}) =>
  new Elysia({ name: "stream" }).get(
    "/api/stream",
    ({ request, server, query }) => {
      const wish = {
        filter: query.filter ?? "",
        events: query.events ?? "",
        lastEventId: request.headers.get("last-event-id") ?? query.last_event_id ?? null,
      };
      const { view } = deps.who(request);
      return streamResponse((onClose) => deps.stream.open(view, wish, onClose), { request, server }, deps.enter);
    },
    {
      query: Query,
      ...needs("read", {
        summary: "What happens, as it happens: server-sent events",
        description: DESCRIPTION,
        group: "fleet",
        query: Query,
        type: "text/event-stream",
        answer: StreamMessage,
        example: STREAM,
      }),
    },
  );
