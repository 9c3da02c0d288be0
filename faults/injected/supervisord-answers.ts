import type { Fault as Spoiled } from "../../test/support/xmlrpc-proxy.ts";
import type { Fault } from "../fault.ts";
import { told } from "../stage/told.ts";

const WORDS: Readonly<Record<Exclude<Spoiled, "silence">, string>> = {
  error: "HTTP 500",
  garbage: "garbage",
  half: "half an XML",
};

const ODD = /^WARN Cannot (?:read the answer of supervisord|call )/;
const DOWN = /^WARN gamma: down: /;

/** The agent asks again and again: it says so once, and once that supervisord answers. */
const toAgent = (kind: keyof typeof WORDS): Fault => ({
  name: `supervisord answers the agent with ${WORDS[kind]}`,
  parts: ["alpha's rpc"],
  tells: { log: "alpha", line: ODD },
  async happen(stage, dice) {
    const isTold = told(stage, "alpha", ODD);
    stage.rpcs.alpha.always(kind);
    await Bun.sleep(dice.between(500, 3_000));
    await isTold();
    stage.rpcs.alpha.always(null);
  },
});

const toHub = (kind: keyof typeof WORDS): Fault => ({
  name: `supervisord answers the hub with ${WORDS[kind]}`,
  parts: ["gamma's rpc"],
  tells: { log: "hub", line: DOWN },
  async happen(stage, dice) {
    const isTold = told(stage, "hub", DOWN);
    stage.rpcs.gamma.always(kind);
    await Bun.sleep(dice.between(500, 3_000));
    await isTold();
    stage.rpcs.gamma.always(null);
  },
});

export const supervisordAnswers: readonly Fault[] = [
  ...(["error", "garbage", "half"] as const).map(toAgent),
  ...(["error", "garbage", "half"] as const).map(toHub),
];
