import type { Fault as Spoiled } from "../../test/support/xmlrpc-proxy.ts";
import type { Fault } from "../fault.ts";

const WORDS: Readonly<Record<Exclude<Spoiled, "silence">, string>> = {
  error: "HTTP 500",
  garbage: "garbage",
  half: "half an XML",
};

/** The agent asks again and again: it says so once, and once that supervisord answers. */
const toAgent = (kind: keyof typeof WORDS): Fault => ({
  name: `supervisord answers the agent with ${WORDS[kind]}`,
  parts: ["alpha's rpc"],
  tells: { log: "alpha", line: /^WARN .*supervisord/i },
  async happen({ rpcs, hub }, dice) {
    rpcs.alpha.always(kind);
    const refreshed = hub.post("/api/supervisor/refresh", { supervisor: "alpha" }).catch(() => null);
    await Bun.sleep(dice.between(2_000, 4_000));
    rpcs.alpha.always(null);
    await refreshed;
  },
});

const toHub = (kind: keyof typeof WORDS): Fault => ({
  name: `supervisord answers the hub with ${WORDS[kind]}`,
  parts: ["gamma's rpc"],
  tells: { log: "hub", line: /^WARN gamma: down: / },
  async happen({ rpcs }, dice) {
    rpcs.gamma.always(kind);
    await Bun.sleep(dice.between(3_500, 6_000));
    rpcs.gamma.always(null);
  },
});

export const supervisordAnswers: readonly Fault[] = [
  ...(["error", "garbage", "half"] as const).map(toAgent),
  ...(["error", "garbage", "half"] as const).map(toHub),
];
