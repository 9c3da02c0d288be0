import { actionCommand } from "../follow/action-command.ts";

export const start = actionCommand({
  name: "start",
  summary: "Start processes, and wait until they are RUNNING",
});
