import { MultivisorError } from "../../domain/errors.ts";
import { matchesGlob } from "../../lib/glob.ts";
import type { HubData, HubProcess } from "../../protocol/hub.ts";
import { isLive, knownProcesses, namesSupervisor } from "./known-fleet.ts";
import { selectProcesses } from "./select-processes.ts";

export type Targets = {
  readonly processes: readonly HubProcess[];
  /** words that nothing bears, each with the reason */
  readonly refused: readonly { readonly word: string; readonly code: "BAD_NAME" | "HOST_UNREACHABLE" }[];
};

/**
 * What an action is to be done to. The multivisor agents are left alone unless named by their exact uid: "stop everything"
 * must not cut the hub off from the hosts.
 */
export function selectTargets(data: HubData, words: readonly string[]): Targets {
  const supervisors = Object.values(data.supervisors);
  const { processes, unmatched } = selectProcesses(
    words,
    knownProcesses(data),
    supervisors.map(({ name }) => name),
  );
  const isOfSilent = (word: string) => supervisors.some((one) => !isLive(one) && namesSupervisor(word, one.name));
  return {
    processes: processes.filter((process) => process.is_agent !== true || words.includes(process.uid)),
    refused: unmatched.map((word) => ({ word, code: isOfSilent(word) ? "HOST_UNREACHABLE" : "BAD_NAME" })),
  };
}

/** Supervisors by name or glob; `all`. @throws MultivisorError BAD_NAME */
export function selectSupervisors(data: HubData, words: readonly string[]): string[] {
  const names = Object.keys(data.supervisors);
  if (words.includes("all")) return names;
  const found = words.flatMap((word) => {
    const some = names.filter((name) => name === word || matchesGlob(word, name));
    if (some.length === 0)
      throw new MultivisorError("BAD_NAME", `no such supervisor: ${word}; there are ${list(names)}`);
    return some;
  });
  return [...new Set(found)];
}

const list = (names: readonly string[]): string =>
  names.length <= 10 ? names.join(", ") : `${names.slice(0, 10).join(", ")} and ${names.length - 10} more`;
