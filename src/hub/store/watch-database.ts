import { rememberFile } from "../../lib/sqlite-file.ts";
import type { DatabaseKind } from "./database-kind.ts";
import { DamagedDatabase } from "./store-failure.ts";

const LOOK_EVERY_MS = 5_000;

const HAPPENED = {
  removed: "was removed while it was in use",
  truncated: "was truncated while it was in use",
} as const;

/**
 * Tells once where the file is no longer the one that was opened.
 * @param path of a database that has just been opened
 * @returns the end of it
 */
export function watchDatabase(
  path: string,
  what: DatabaseKind["what"],
  onTrouble: (error: DamagedDatabase) => void,
): () => void {
  const file = rememberFile(path);
  const look = async () => {
    const trouble = await file.trouble().catch(() => null); // what cannot even be looked at, SQLite tells better
    if (trouble === null || ended) return;
    end();
    onTrouble(new DamagedDatabase(`the ${what} ${path} ${HAPPENED[trouble]}`, trouble === "removed"));
  };
  let ended = path === ":memory:";
  const timer = setInterval(() => void look(), LOOK_EVERY_MS);
  timer.unref();
  const end = () => {
    ended = true;
    clearInterval(timer);
  };
  if (ended) end();
  return end;
}
