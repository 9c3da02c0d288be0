import { expect, test } from "bun:test";
import { listenToEvents } from "./listener.ts";

const event = (payload: string) =>
  `ver:3.0 server:s serial:1 pool:p poolserial:1 eventname:X len:${payload.length}\n${payload}`;

test("each event is written down, answered, and only then followed up; the end of stdin is the end", async () => {
  const steps: string[] = [];
  await listenToEvents({
    input: new Response(event("a") + event("b")).body ?? new ReadableStream(),
    write: (text) => steps.push(text),
    handle(raw) {
      steps.push(`keep ${raw.payload}`);
      return () => steps.push(`tell ${raw.payload}`);
    },
  });
  const answer = "RESULT 2\nOKREADY\n";
  expect(steps).toEqual(["READY\n", "keep a", answer, "tell a", "keep b", answer, "tell b"]);
});
