import type { ProgramConfiguration } from "../../domain/call.ts";
import { processUid, type SupervisorName } from "../../domain/names.ts";
import type { HubProgram } from "../../protocol/hub-program.ts";

export const apiProgramJson = (supervisor: SupervisorName, program: ProgramConfiguration): HubProgram => ({
  uid: processUid(supervisor, program.group, program.name),
  group: program.group,
  name: program.name,
  inuse: program.inuse,
  autostart: program.autostart,
  group_prio: program.groupPriority,
  process_prio: program.priority,
  command: program.command,
  directory: program.directory,
  os_uid: program.uid,
  startsecs: program.startsecs,
  startretries: program.startretries,
  stopsignal: program.stopsignal,
  stopwaitsecs: program.stopwaitsecs,
  exitcodes: program.exitcodes,
  redirect_stderr: program.redirectStderr,
});

/** For the description of the API. */
export const EXAMPLE_PROGRAM: HubProgram = {
  ...{ uid: "lid001:PLC:wcid00a", group: "PLC", name: "wcid00a", inuse: true, autostart: true },
  ...{ group_prio: 999, process_prio: 999, command: "/opt/plc/bin/wcid00a --card 0", directory: "/opt/plc" },
  ...{ os_uid: null, startsecs: 1, startretries: 3, stopsignal: 15, stopwaitsecs: 10 },
  ...{ exitcodes: [0], redirect_stderr: false },
};
