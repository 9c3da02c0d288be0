import { actionCommand } from "../follow/action-command.ts";

export const stop = actionCommand({
  name: "stop",
  summary: "Stop processes, and wait until they are STOPPED",
});
