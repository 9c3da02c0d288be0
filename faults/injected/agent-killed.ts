import type { Fault } from "../fault.ts";

const agentKilled = (host: "alpha" | "beta"): Fault => ({
  name: `the agent of ${host} is killed`,
  parts: [`${host}'s agent`],
  ends: [host],
  tells: { log: "hub", line: new RegExp(`^WARN ${host}: down: `) },
  async happen(stage, dice) {
    for (let times = dice.between(1, 3); times > 0; times--) {
      await stage[host].killAgent();
      await Bun.sleep(dice.between(100, 2_000));
    }
  },
});

/** What it was told of and what waited for it in supervisord's buffer: all of it has to arrive. */
export const agentsKilled: readonly Fault[] = [agentKilled("alpha"), agentKilled("beta")];
