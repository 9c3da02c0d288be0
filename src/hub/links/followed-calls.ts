import { type Namespec, nameOf } from "../../domain/names.ts";
import type { ProcessInfo } from "../../domain/process.ts";

/** What a call to supervisord makes worth looking at. */
export type Aftermath =
  | { readonly look: "some"; readonly names: readonly Namespec[] }
  | { readonly look: "all" }
  | { readonly look: "nothing" };

const NOTHING: Aftermath = { look: "nothing" };

/** @param target `group:name`, `group:*`, or the name of a group */
export function aftermathOf(method: string, target: unknown, processes: readonly ProcessInfo[]): Aftermath {
  switch (method.replace(/^supervisor\./, "")) {
    case "startProcess":
    case "stopProcess":
    case "stopProcessGroup":
    case "signalProcess":
      return { look: "some", names: namesOf(String(target), processes) };
    case "addProcessGroup":
    case "removeProcessGroup":
    case "restart":
    case "shutdown":
      return { look: "all" };
    default:
      return NOTHING;
  }
}

function namesOf(target: string, processes: readonly ProcessInfo[]): Namespec[] {
  const [group, name] = target.split(":");
  if (name !== undefined && name !== "" && name !== "*") return [target as Namespec];
  return processes.filter((process) => process.group === group).map(nameOf);
}
