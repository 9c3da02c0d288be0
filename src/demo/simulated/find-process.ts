import { fault } from "./rpc-faults.ts";
import type { SimulatedProcess } from "./process.ts";
import type { SimulatedSupervisord } from "./supervisord.ts";

/** @param namespec `group:name`, or a name alone where the group has the same. @throws BAD_NAME */
export function findProcess(supervisord: SimulatedSupervisord, namespec: unknown): SimulatedProcess {
  const text = String(namespec);
  const found = supervisord.processes().get(text.includes(":") ? text : `${text}:${text}`);
  if (found === undefined) throw fault("BAD_NAME", text);
  return found;
}

/** @throws BAD_NAME */
export function findMembers(supervisord: SimulatedSupervisord, group: unknown): SimulatedProcess[] {
  const found = [...supervisord.processes().values()].filter((process) => process.program.group === group);
  if (found.length === 0) throw fault("BAD_NAME", String(group));
  return found;
}
