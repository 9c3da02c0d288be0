import type { Database } from "bun:sqlite";
import type { DatabaseKind } from "./database-kind.ts";
import { OlderDatabase, WrongDatabase } from "./store-failure.ts";

export const pragma = (client: Database, name: string): number =>
  Number(Object.values(client.query<Record<string, number>, []>(`PRAGMA ${name}`).get() ?? {})[0] ?? 0);

/**
 * Brings a database to the newest version; an empty one becomes ours.
 * @param isOlderTaken whether one of an older version is brought to the newest, which may take minutes
 * @throws WrongDatabase, OlderDatabase, or whatever SQLite says
 */
export function migrate(client: Database, path: string, kind: DatabaseKind, isOlderTaken = true): void {
  const { what, applicationId, migrations } = kind;
  const version = pragma(client, "user_version");
  const isEmpty = pragma(client, "schema_version") === 0;
  if (!isEmpty && pragma(client, "application_id") !== applicationId)
    throw new WrongDatabase(`the database ${path} belongs to another program; name another file with --db`);
  if (version > migrations.length)
    throw new WrongDatabase(
      `the ${what} ${path} is of version ${version}, this program knows ${migrations.length}; use a newer program, or name another file with --db`,
    );
  if (!isEmpty && version < migrations.length && !isOlderTaken)
    throw new OlderDatabase(
      `the ${what} ${path} is of version ${version} and becomes ${migrations.length}, which takes minutes where it is large: let it run`,
    );
  for (const [index, sql] of migrations.entries()) {
    if (index < version) continue;
    client
      .transaction(() => {
        client.run(sql);
        client.run(`PRAGMA application_id = ${applicationId}`);
        client.run(`PRAGMA user_version = ${index + 1}`);
      })
      .immediate();
  }
}
