import { defineCliCommand } from "../cli-command.ts";
import { status } from "./status.ts";

export const refreshStatus = defineCliCommand({
  name: "refresh-status",
  summary: "The same as status, after the hub has asked every supervisor anew",
  args: status.args,
  words: { usage: "[PATTERN…]", completes: ["process"] },
  exitCodes: status.exitCodes,
  run(context, args, words) {
    const hub = context.hub();
    return status.run({ ...context, hub: () => ({ ...hub, data: hub.refresh }) }, args, words);
  },
});
