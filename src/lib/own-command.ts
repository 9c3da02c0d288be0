import { fileURLToPath } from "node:url";

/** The words that run this very program again: the executable itself, or bun with the source it was started from. */
export function ownCommand(): readonly string[] {
  const compiled = /^(?:file:\/\/)?\/?(?:\/\$bunfs\/|[A-Z]:[\\/]~BUN)/.test(import.meta.path);
  return compiled ? [process.execPath] : [process.execPath, fileURLToPath(new URL("../main.ts", import.meta.url))];
}
