import { rmSync } from "node:fs";
import { waitFor } from "../../test/support/wait-for.ts";
import type { Fault } from "../fault.ts";
import { cutOff } from "../stage/cut-off.ts";
import { AGENT } from "../stage/fault-host.ts";
import { logged } from "../stage/logged.ts";
import type { Stage } from "../stage/stage.ts";

/** From here on the new journal has everything. */
async function begunAnew({ alpha, lost }: Stage): Promise<void> {
  const heard = () => alpha.recorder.announced().length;
  await waitFor("the next agent", async () => (await alpha.stateOf(AGENT)) === "RUNNING", 30_000);
  const before = heard();
  await waitFor("more to be announced", () => heard() > before + 10, 30_000);
  lost.journal = Date.now();
}

const diskFull: Fault = {
  name: "the disk of an agent's journal is full",
  parts: ["alpha's journal", "alpha's agent", "alpha"],
  mayLose: ["events_lost"],
  tells: { log: "alpha", line: /^ERROR Cannot write the journal: .*full/ },
  async happen(stage, dice) {
    const [noticed, healed] = [
      logged(stage.alpha.agentLog, /Cannot write the journal/),
      logged(stage.alpha.agentLog, /can be written again/),
    ];
    stage.disks.alpha.fill();
    await waitFor("the agent to notice that its disk is full", noticed, 60_000);
    await Bun.sleep(dice.between(500, 3_000));
    stage.disks.alpha.empty();
    await waitFor("the agent to write its journal again", healed, 20_000);
  },
};

const deleted: Fault = {
  name: "an agent's journal is deleted",
  parts: ["alpha's journal", "alpha's agent", "alpha", "what is known of alpha"],
  mayLose: ["journal_replaced", "agent_not_running", "events_lost"],
  ends: ["alpha"],
  tells: { log: "alpha", line: /^ERROR .*journal .*removed/ },
  async happen(stage) {
    const noticed = logged(stage.alpha.agentLog, /removed/);
    rmSync(stage.journal);
    await waitFor("the agent to notice that its journal is gone", noticed, 30_000);
    await begunAnew(stage);
  },
};

const truncated: Fault = {
  name: "an agent's journal is truncated",
  parts: ["alpha's journal", "alpha's agent", "alpha", "what is known of alpha"],
  mayLose: ["journal_replaced", "agent_not_running", "events_lost"],
  ends: ["alpha"],
  tells: { log: "alpha", line: /^ERROR .*journal .*(truncated|damaged).*; it is set aside/ },
  async happen(stage, dice) {
    const noticed = logged(stage.alpha.agentLog, /set aside/);
    await cutOff(stage.journal, dice, noticed);
    await begunAnew(stage);
    stage.disks.alpha.tidy();
  },
};

export const journalFaults: readonly Fault[] = [diskFull, deleted, truncated];
