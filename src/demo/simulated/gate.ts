/** Stops a host: what wants to pass waits until it goes on. */
export type Gate = {
  readonly hold: (isHeld: boolean) => void;
  readonly passed: () => Promise<void>;
};

export function createGate(): Gate {
  let held: PromiseWithResolvers<void> | null = null;
  return {
    hold(isHeld) {
      if (isHeld) held ??= Promise.withResolvers();
      else {
        held?.resolve();
        held = null;
      }
    },
    async passed() {
      while (held !== null) await held.promise;
    },
  };
}

/** A body that stands still while the gate is held. */
export function bodyThrough(gate: Gate, body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await reader.read();
        await gate.passed();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}
