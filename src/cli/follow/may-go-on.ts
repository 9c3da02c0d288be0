import { printable } from "../../lib/printable.ts";
import type { HubProcess } from "../../protocol/hub.ts";
import type { CliContext } from "../cli-command.ts";

const MOST_SHOWN = 10;

/** Above one target a person is asked; a script is not. @param what "stop", "clear the logs of" */
export async function mayGoOn(
  { terminal, ask, err }: CliContext,
  what: string,
  processes: readonly HubProcess[],
): Promise<boolean> {
  if (processes.length <= 1 || !terminal.canAsk) return true;
  const hosts = new Set(processes.map(({ supervisor }) => supervisor));
  const on = hosts.size === 1 ? `on ${[...hosts][0]}` : `on ${hosts.size} supervisors`;
  for (const { uid, statename } of processes.slice(0, MOST_SHOWN)) err(printable(`  ${uid} ${statename}`));
  if (processes.length > MOST_SHOWN) err(`  … and ${processes.length - MOST_SHOWN} more`);
  if (await ask(printable(`${what} ${processes.length} processes ${on}?`))) return true;
  err("nothing done");
  return false;
}
