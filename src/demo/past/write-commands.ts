import type { Audit } from "../../hub/audit/audit.ts";
import { createRecordAudit } from "../../hub/audit/record-audit.ts";
import type { CommandOutcome } from "../../hub/history/command-record.ts";
import type { Store } from "../../hub/store/store.ts";
import type { AskedCommand } from "./asked-commands.ts";

const DAY_MS = 86_400_000;
/** What was asked for is done. */
const DONE_MS = 4_000;
/** Somebody logs in, and looks before they act. */
const LOOK_MS = 150_000;

type Act = { readonly atMs: number; readonly act: () => void };

/**
 * Writes down what was asked for, as the hub does: in the history and in the audit, with each person's login of the day.
 * @param setNow what `store` and `audit` take for the time, epoch ms
 */
export function writeCommands(
  commands: readonly AskedCommand[],
  { store, audit, setNow }: { readonly store: Store; readonly audit: Audit; readonly setNow: (ms: number) => void },
): void {
  const { commands: audited } = createRecordAudit({ audit, clientAddress: () => "", now: () => 0 });
  const record = audited(store.recordCommand);
  const acts = commands.flatMap(({ atMs, command, notDone }): Act[] => {
    let done: ReturnType<typeof record> = () => {};
    const outcomes = command.targets.flatMap(({ supervisor, processes }) =>
      (processes ?? []).map(
        (process): CommandOutcome => ({ supervisor, process, ok: notDone === null, text: notDone }),
      ),
    );
    return [
      {
        atMs,
        act: () => {
          done = record(command);
        },
      },
      { atMs: atMs + DONE_MS, act: () => done(outcomes) },
    ];
  });
  for (const { atMs, act } of [...acts, ...logins(commands, audit)].sort((a, b) => a.atMs - b.atMs)) {
    setNow(atMs);
    act();
  }
}

/** Before the first thing that somebody does on a day; programs bear a token and log in nowhere. */
function logins(commands: readonly AskedCommand[], audit: Audit): Act[] {
  const people = commands.filter(({ command }) => command.actor.user !== "deploy");
  const first = Map.groupBy(people, ({ atMs, command }) => `${command.actor.user} ${Math.floor(atMs / DAY_MS)}`);
  return [...first.values()].flatMap(([one]) => {
    if (one === undefined) return [];
    const { actor } = one.command;
    const act = () => audit.add({ ...actor, what: "login", target: "", outcome: "ok", detail: "" });
    return [{ atMs: one.atMs - LOOK_MS, act }];
  });
}
