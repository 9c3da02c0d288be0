import { VERSION } from "../../lib/build-info.ts";
import { defineCliCommand } from "../cli-command.ts";
import { isForPrograms } from "../output/output-format.ts";
import { printRows } from "../output/print-rows.ts";

export const version = defineCliCommand({
  name: "version",
  summary: "The version of this command line",
  examples: ["version"],
  async run(context) {
    if (isForPrograms(context.output))
      await printRows(context, [{ version: VERSION }], [{ title: "VERSION", value: ({ version }) => version }]);
    else await context.out(`${VERSION}\n`);
    return 0;
  },
});
