/** What the streams of an agent send, in its final text, so that it is made once for all of them. */
export type StreamMessage =
  | { readonly event: "entry"; readonly seq: number; readonly json: string }
  | { readonly event: "snapshot" | "processes" | "resources" | "failure"; readonly json: string };
