import type { Fault as Spoiled } from "../../test/support/xmlrpc-proxy.ts";
import type { Fault } from "../fault.ts";
import { told } from "../stage/told.ts";

const WORDS: Readonly<Record<Exclude<Spoiled, "silence">, string>> = {
  error: "HTTP 500",
  garbage: "garbage",
  half: "half an XML",
};

/** Who asks supervisord, and what its log says of an answer that is none: once, and once more when there are answers again. */
const ASKERS = {
  agent: { rpc: "alpha", log: "alpha", line: /^WARN Cannot (?:read the answer of supervisord|call )/ },
  hub: { rpc: "gamma", log: "hub", line: /^WARN gamma: down: / },
} as const;

const answers = (asker: keyof typeof ASKERS, kind: keyof typeof WORDS): Fault => {
  const { rpc, log, line } = ASKERS[asker];
  return {
    name: `supervisord answers the ${asker} with ${WORDS[kind]}`,
    parts: [`${rpc}'s rpc`],
    tells: { log, line },
    async happen(stage, dice) {
      const isTold = told(stage, log, line);
      stage.rpcs[rpc].always(kind);
      await Bun.sleep(dice.between(500, 3_000));
      await isTold();
      stage.rpcs[rpc].always(null);
    },
  };
};

export const supervisordAnswers: readonly Fault[] = (["agent", "hub"] as const).flatMap((asker) =>
  (["error", "garbage", "half"] as const).map((kind) => answers(asker, kind)),
);
