import { VERSION } from "../../lib/build-info.ts";
import { defineCliCommand } from "../cli-command.ts";

export const version = defineCliCommand({
  name: "version",
  summary: "The version of this command line",
  examples: ["version"],
  async run(context) {
    await context.out(context.output === "json" ? `${JSON.stringify({ version: VERSION })}\n` : `${VERSION}\n`);
    return 0;
  },
});
