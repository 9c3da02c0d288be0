type Sink = { readonly write: (text: string) => unknown; readonly flush: () => unknown };

/** Each text in one write(2), at once. Bun's own sinks, because node:fs or process.stderr would cost 5 to 8 MB. */
export function writeWhole(sink: Sink): (text: string) => void {
  return (text) => {
    sink.write(text);
    void sink.flush();
  };
}
