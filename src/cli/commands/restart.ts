import { actionCommand } from "../follow/action-command.ts";

export const restart = actionCommand({
  name: "restart",
  summary: "Stop what runs, then start it",
});
