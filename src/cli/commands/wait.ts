import { MultivisorError } from "../../domain/errors.ts";
import { isProcessStateName, PROCESS_STATE_NAMES } from "../../domain/states.ts";
import { printable } from "../../lib/printable.ts";
import { until } from "../../lib/until.ts";
import type { HubProcess } from "../../protocol/hub.ts";
import { defineCliCommand } from "../cli-command.ts";
import { durationMs } from "../duration.ts";
import { createLiveFleet } from "../follow/live-fleet.ts";
import { colourOfState } from "../output/colours.ts";
import { printRows } from "../output/print-rows.ts";
import { selectTargets } from "../select/select-targets.ts";
import { unknownLine } from "../select/unknown-line.ts";

const statesOf = (text: string): string[] =>
  text.split(",").map((word) => {
    const name = word.trim().toUpperCase();
    if (isProcessStateName(name)) return name;
    throw new MultivisorError("BAD_CONFIG", `--for "${word}" is no state: use ${PROCESS_STATE_NAMES.join(", ")}`);
  });

export const wait = defineCliCommand({
  name: "wait",
  summary: "Wait until processes are in a state",
  details: ["Waits through a restart of the hub. What is in the state already is not waited for."],
  examples: ["wait 'PLC:*' --for RUNNING --timeout 2m", "wait lid001:db:db --for STOPPED,EXITED"],
  args: {
    for: { type: "string", valueHint: "STATE", default: "RUNNING", description: "One or more states, with commas" },
    timeout: { type: "string", valueHint: "TIME", description: "Give up after 90, 90s, 5m; else never" },
  },
  words: { usage: "PATTERN…", completes: ["process"], least: 1 },
  exitCodes: [
    [0, "all are in one of the states"],
    [1, "no such process"],
    [4, "not in time"],
  ],
  async run(context, args, words) {
    const states = statesOf(args.for);
    const timeoutMs = args.timeout === undefined ? null : durationMs("--timeout", args.timeout);
    const { processes, refused } = selectTargets((await context.hub().data(context.signal)).answer, words);
    for (const { word } of refused) context.err(unknownLine(word));
    if (refused.length > 0) return 1;
    const limit = AbortSignal.any([context.signal, ...(timeoutMs === null ? [] : [AbortSignal.timeout(timeoutMs)])]);
    const scope = new AbortController();
    const fleet = createLiveFleet(context.hub());
    void fleet.run(AbortSignal.any([limit, scope.signal]));
    const now = ({ uid }: HubProcess) => fleet.process(uid);
    const isThere = (one: HubProcess) => states.includes(now(one)?.statename ?? "");
    const came = await until(fleet.subscribe, () => fleet.isConnected() && processes.every(isThere), limit);
    scope.abort();
    context.signal.throwIfAborted();
    const rows = processes.map((process) => now(process) ?? process);
    await printRows(context, rows, [
      { title: "UID", value: ({ uid }) => uid },
      { title: "STATE", value: ({ statename }) => statename, colour: ({ statename }) => colourOfState(statename) },
    ]);
    if (came) return 0;
    const missing = processes.filter((process) => !isThere(process)).map(({ uid }) => uid);
    context.err(
      printable(
        `not ${args.for} after ${args.timeout}: ${missing.slice(0, 5).join(", ")}${missing.length > 5 ? " …" : ""}`,
      ),
    );
    return 4;
  },
});
