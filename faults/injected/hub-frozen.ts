import type { Fault } from "../fault.ts";

export const hubFrozen: Fault = {
  name: "the hub stands still for a while",
  parts: ["hub"],
  tells: null, // shorter than anybody's patience
  async happen({ hub }, dice) {
    const pid = hub.pid();
    process.kill(pid, "SIGSTOP");
    await Bun.sleep(dice.between(1_000, 6_000));
    process.kill(pid, "SIGCONT");
  },
};
