import { join } from "node:path";
import { defineCommand } from "citty";
import { createLogger } from "../../lib/logger.ts";
import { defaultStatePath } from "../../lib/state-folder.ts";
import { writeOut } from "../../lib/write-out.ts";
import { restoreDatabase } from "../store/restore-database.ts";

export const restoreCommand = defineCommand({
  meta: { name: "restore", description: "Put a copy of the history back; the hub must not run" },
  args: {
    file: { type: "positional", required: true, description: "A copy made by `multivisor hub backup`" },
    db: { type: "string", valueHint: "PATH", description: "The hub's database; else the one in the state folder" },
  },
  async run({ args }): Promise<number> {
    const path = args.db ?? join(defaultStatePath(process.env, "multivisor"), "history.sqlite");
    const aside = restoreDatabase(path, args.file, Date.now(), createLogger("WARN"));
    await writeOut(`Restored ${path} from ${args.file}\n${aside === null ? "" : `What was there is now ${aside}\n`}`);
    return 0;
  },
});
