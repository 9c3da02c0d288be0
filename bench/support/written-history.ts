import { Database } from "bun:sqlite";
import { GAP_CODE, LAST_STATE_CODE, packFacts } from "../../src/hub/store/item-codes.ts";

const SAMPLED = packFacts({ from: null, sampled: true, expected: null, cause: null, tries: null });

type Written = { readonly announced: number; readonly sampled: number; readonly gaps: number };

/** What a history holds, as the file says: transitions that were announced, those that were found by looking, gaps. */
export function written(file: string): Written {
  const db = new Database(file, { readonly: true });
  try {
    const code = "run & 31";
    const count = (where: string) => `count(*) FILTER (WHERE seq IS NOT NULL AND ${where})`;
    return db
      .query(
        `SELECT ${count(`${code} <= ${LAST_STATE_CODE} AND facts & ${SAMPLED} = 0`)} AS announced,
                ${count(`${code} <= ${LAST_STATE_CODE} AND facts & ${SAMPLED} <> 0`)} AS sampled,
                ${count(`${code} = ${GAP_CODE}`)} AS gaps FROM items`,
      )
      .get() as Written;
  } finally {
    db.close();
  }
}
