import type { Fault } from "../fault.ts";
import { startAll } from "../stage/calm.ts";

const supervisordKilled = (host: "alpha" | "beta" | "gamma"): Fault => ({
  name: `supervisord of ${host} is killed`,
  parts: host === "gamma" ? ["gamma"] : [host, `${host}'s agent`],
  mayLose: ["supervisord_not_running"],
  ...(host !== "gamma" && { ends: [host] }),
  // Who is only asked now and then may be back before anybody asked; the history says that it was another supervisord.
  tells: host === "gamma" ? null : { log: "hub", line: new RegExp(`^WARN ${host}: down: `) },
  async happen(stage, dice) {
    await stage[host].kill9();
    await Bun.sleep(dice.between(100, 3_000));
    await stage[host].start();
    await startAll(stage[host]).catch(() => {}); // they have started by themselves
  },
});

export const supervisordsKilled: readonly Fault[] = [
  supervisordKilled("alpha"),
  supervisordKilled("beta"),
  supervisordKilled("gamma"),
];
