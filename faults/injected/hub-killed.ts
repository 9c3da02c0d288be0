import type { Fault } from "../fault.ts";

export const hubKilled: Fault = {
  name: "the hub is killed",
  parts: ["hub"],
  ends: ["hub"],
  tells: { log: "hub", line: /^INFO multivisor .* listens on/ },
  mostLines: 24, // a hub that begins says of each host what it is
  async happen({ hub }, dice) {
    await hub.kill9();
    await Bun.sleep(dice.between(50, 2_500));
    await hub.start();
  },
};
