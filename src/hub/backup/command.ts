import { join } from "node:path";
import { defineCommand } from "citty";
import { defaultStatePath } from "../../lib/state-folder.ts";
import { writeOut } from "../../lib/write-out.ts";
import { backUpDatabase } from "../store/back-up-database.ts";

export const backupCommand = defineCommand({
  meta: { name: "backup", description: "Copy the history to FILE, also while the hub runs" },
  args: {
    file: { type: "positional", required: true, description: "Where the copy goes; it must not exist" },
    db: { type: "string", valueHint: "PATH", description: "The hub's database; else the one in the state folder" },
  },
  async run({ args }): Promise<number> {
    const path = args.db ?? join(defaultStatePath(process.env, "multivisor"), "history.sqlite");
    process.umask(0o077); // as the hub keeps it
    backUpDatabase(path, args.file);
    await writeOut(`Copied ${path} to ${args.file}\n`);
    return 0;
  },
});
