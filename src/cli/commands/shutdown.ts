import { supervisorCommand } from "../follow/supervisor-command.ts";

export const shutdown = supervisorCommand({
  name: "shutdown",
  verb: "shutdown",
  summary: "End supervisords and all their processes",
  details: ["A supervisord that was shut down can be started only on its host."],
  lines: () => ["Shut down"],
  question: "Shut down supervisord and all processes of",
});
