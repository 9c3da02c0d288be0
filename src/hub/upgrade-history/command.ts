import { setPriority } from "node:os";
import { defineCommand } from "citty";
import { messageOf } from "../../domain/errors.ts";
import { writeOut } from "../../lib/write-out.ts";
import { openDatabase } from "../store/open-database.ts";
import type { UpgradeFailure } from "../store/upgrade-aside.ts";

/** Started by the hub, which holds the database meanwhile; where it is killed the database is as it was. */
export const upgradeHistoryCommand = defineCommand({
  meta: { name: "upgrade-history", hidden: true, description: "Part of the hub" },
  args: { db: { type: "positional", required: true, description: "The database" } },
  async run({ args }): Promise<number> {
    process.umask(0o077); // as the hub keeps it
    try {
      setPriority(10);
    } catch {
      // then with the priority of the hub
    }
    try {
      openDatabase(args.db).close();
      return 0;
    } catch (error) {
      const code = error instanceof Error && "code" in error ? String(error.code) : "";
      const failure: UpgradeFailure = { code, message: messageOf(error) };
      await writeOut(`${JSON.stringify(failure)}\n`);
      return 1;
    }
  },
});
