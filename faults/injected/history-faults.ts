import { closeSync, openSync, rmSync, statSync, writeFileSync, writeSync } from "node:fs";
import { waitFor } from "../../test/support/wait-for.ts";
import type { Fault } from "../fault.ts";
import { cutOff } from "../stage/cut-off.ts";
import { trueMs } from "../stage/false-clock.ts";
import { logged } from "../stage/logged.ts";
import type { Stage } from "../stage/stage.ts";
import { announcedBy, storedOf } from "../stage/transitions.ts";

const WRITTEN = /History: .* is written again/;

/** The hub has from alpha's journal what that had when the history was lost, under both of its names. */
async function readAgain({ hub, alpha, lost, disks }: Stage): Promise<void> {
  const least = announcedBy(alpha).filter(({ atMs }) => trueMs(atMs) > lost.before).length;
  const isRead = async (name: string) => (await storedOf(hub, name)).length >= least * MOSTLY;
  const areRead = async () => (await isRead("alpha")) && (await isRead("alpha-again"));
  await waitFor("the hub to read the journals again", areRead, 40_000);
  disks.hub.tidy();
}

/** Clocks may be off, and journals have gaps. */
const MOSTLY = 0.9;

const diskFull: Fault = {
  name: "the hub's disk is full",
  parts: ["hub", "hub's disk"],
  tells: { log: "hub", line: /^ERROR History: cannot write .* the disk is full; make room/ },
  async happen(stage, dice) {
    const [noticed, healed] = [logged(stage.hub.log, /disk is full/), logged(stage.hub.log, WRITTEN)];
    stage.disks.hub.fill();
    await waitFor("the hub to notice that its disk is full", noticed, 30_000);
    await Bun.sleep(dice.between(500, 4_000));
    stage.disks.hub.empty();
    await waitFor("the hub to write its history again", healed, 20_000);
  },
};

const readOnly: Fault = {
  name: "the history cannot be written when the hub starts",
  parts: ["hub", "hub's disk"],
  ends: ["hub"],
  tells: { log: "hub", line: /^ERROR History: cannot write .*(owner or mode)/ },
  mostLines: 30,
  async happen(stage, dice) {
    await stage.hub.stop();
    stage.disks.hub.writable(false);
    const healed = logged(stage.hub.log, WRITTEN);
    await stage.hub.start();
    await Bun.sleep(dice.between(500, 4_000));
    stage.disks.hub.writable(true);
    await waitFor("the hub to write its history again", healed, 20_000);
  },
};

const deleted: Fault = {
  name: "the history's file is deleted while the hub runs",
  parts: ["hub", "hub's disk", "what is known of alpha"],
  tells: { log: "hub", line: /^ERROR History: .*removed/ },
  mostLines: 40, // every host is live again
  async happen(stage) {
    stage.lost.before = stage.lost.journal;
    rmSync(stage.db);
    await waitFor("the hub to make it anew", () => statSync(stage.db, { throwIfNoEntry: false }) !== undefined, 20_000);
    await readAgain(stage);
  },
};

const truncated: Fault = {
  name: "the history's file is truncated while the hub runs",
  parts: ["hub", "hub's disk", "what is known of alpha"],
  tells: { log: "hub", line: /^ERROR History: .*(damaged|truncated)/ },
  mostLines: 40, // every host is live again
  async happen(stage, dice) {
    const noticed = logged(stage.hub.log, /a new one begins/);
    stage.lost.before = stage.lost.journal;
    await cutOff(stage.db, dice, noticed);
    await readAgain(stage);
  },
};

const damaged: Fault = {
  name: "the history's file is damaged while the hub is down",
  parts: ["hub", "hub's disk", "what is known of alpha"],
  ends: ["hub"],
  tells: { log: "hub", line: /^ERROR History: .*damaged/ },
  mostLines: 30,
  async happen(stage, dice) {
    stage.lost.before = stage.lost.journal;
    await stage.hub.kill9();
    if (dice.between(0, 2) === 0) writeFileSync(stage.db, "this is no database\n".repeat(500));
    else scribble(stage.db);
    for (const suffix of ["-wal", "-shm"]) rmSync(stage.db + suffix, { force: true });
    await stage.hub.start();
    await readAgain(stage);
  },
};

/** The first pages but for the file's head, which says that it is a database. */
function scribble(path: string): void {
  const file = openSync(path, "r+");
  writeSync(file, new Uint8Array(16_000).fill(0x5a), 0, 16_000, 100);
  closeSync(file);
}

export const historyFaults: readonly Fault[] = [diskFull, readOnly, deleted, truncated, damaged];
