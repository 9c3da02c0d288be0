import { supervisorCommand } from "../follow/supervisor-command.ts";

export const reload = supervisorCommand({
  name: "reload",
  verb: "restart",
  summary: "Restart supervisords: all their processes are stopped, and started by the configuration",
  lines: () => ["Restarted supervisord"],
  question: "Restart supervisord and all processes of",
});
