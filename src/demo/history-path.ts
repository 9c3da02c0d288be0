import { join } from "node:path";

/** The hub's history in the demo's folder. */
export const historyPath = (dir: string): string => join(dir, "history.sqlite");
