import type { Fault } from "../fault.ts";

export const logStorm: Fault = {
  name: "a log is rotated as fast as it is written, and followed",
  parts: ["log of alpha"],
  tells: null,
  async happen({ alpha, hub }, dice) {
    await alpha.rpc("supervisor.startProcess", "talker:talker", false).catch(() => {});
    const stop = new AbortController();
    const reader = fetch(`${hub.url}/api/process/log/out/tail/alpha:talker:talker`, { signal: stop.signal })
      .then(async ({ body }) => {
        for await (const _ of body ?? []) if (stop.signal.aborted) break;
      })
      .catch(() => {});
    await Bun.sleep(dice.between(2_000, 4_000));
    stop.abort();
    await reader;
    await alpha.rpc("supervisor.stopProcess", "talker:talker", false).catch(() => {});
  },
};
