import { afterAll, describe, expect, test } from "bun:test";
import { waitFor } from "../../../test/support/wait-for.ts";
import { simulatedPrograms } from "../../demo/simulated/program.ts";
import { createSimulatedRpc } from "../../demo/simulated/rpc.ts";
import { createSimulatedSupervisord } from "../../demo/simulated/supervisord.ts";
import type { Call } from "../../domain/call.ts";
import type { Namespec } from "../../domain/names.ts";
import { createBroadcast } from "../../lib/broadcast.ts";
import { createLogger } from "../../lib/logger.ts";
import type { Failure } from "../../protocol/agent.ts";
import { parseAllProcessInfo } from "../../supervisord/process-info.ts";
import { failureReport } from "./failure-report.ts";
import { createPollPace } from "./poll-pace.ts";
import { createXmlrpcCommands } from "./xmlrpc-commands.ts";

const random = () => 0.5;
const [web, missing] = simulatedPrograms(2, random, false);
if (web === undefined || missing === undefined) throw new Error("no programs");
const WEB = `${web.group}:${web.name}` as Namespec;
const MISSING = `${missing.group}:${missing.name}` as Namespec;
const supervisord = createSimulatedSupervisord({
  ...{ identifier: "bare", random, programs: [web, { ...missing, autostart: false, spawnFails: true }] },
});
supervisord.settle();
afterAll(() => supervisord.close());

async function commands() {
  const rpc = createSimulatedRpc(supervisord);
  const infos = parseAllProcessInfo(await rpc("supervisor.getAllProcessInfo"));
  const pace = createPollPace();
  pace.lookedAtAll(0, 0, false);
  let woken = 0;
  const carryOut = createXmlrpcCommands({
    ...{ rpc, pace, steadyMs: () => 0, signal: new AbortController().signal, wake: () => woken++ },
    followed: { processes: () => infos, transitions: createBroadcast() },
  });
  const failures: Failure[] = [];
  const log: string[] = [];
  const logger = createLogger("INFO", (line) => log.push(line));
  const command = (...calls: Call[]) =>
    carryOut(
      calls,
      failureReport("bare", (one) => failures.push(one), logger),
    );
  return { command, pace, failures, log, woken: () => woken };
}

describe("after a command that changes something it is looked at, at once:", () => {
  test("at the process that was meant", async () => {
    const { command, pace, woken } = await commands();
    expect(await command({ method: "stopProcess", namespec: WEB })).toMatchObject([{ ok: true }]);
    expect(pace.followed(0)).toEqual([WEB]);
    expect([pace.allDue(0), woken()]).toEqual([false, 1]);
  });
  test("at all where the groups change, refused or not", async () => {
    const { command, pace, woken } = await commands();
    expect(await command({ method: "addGroup", group: web.group })).toMatchObject([{ ok: false }]);
    expect([pace.allDue(0), woken()]).toEqual([true, 1]);
  });
  test("at nothing where nothing changes", async () => {
    const { command, pace, woken } = await commands();
    expect(await command({ method: "reread" })).toMatchObject([{ ok: true }]);
    expect([pace.allDue(0), pace.followed(0), woken()]).toEqual([false, [], 0]);
  });
});

test("a restart whose start fails later is reported with the reason, and logged", async () => {
  const { command, failures, log } = await commands();
  expect(await command({ method: "restartProcess", namespec: MISSING })).toEqual([{ ok: true }]);
  await waitFor("the failure", () => failures[0]);
  const [failure] = failures;
  expect(failure).toMatchObject({ namespec: MISSING, code: "NO_FILE" });
  expect(failure?.message).toContain("can't find command");
  expect(failure?.command).toStartWith("bare.");
  expect(log.join("")).toContain(`bare: ${failure?.message}`);
});
