/** Ids above `after` and below `before`. */
export type IdRange = { readonly after: number; readonly before: number };

export type FoundRow = { readonly id: number; readonly run: number; readonly facts: number };

export type Found = {
  /** newest first */
  readonly rows: readonly FoundRow[];
  /** all of the range from this id on is among them; `after` of the range: nothing is left */
  readonly doneTo: number;
  /** how much it cost: a row looked at is 1 */
  readonly cost: number;
};

/** Looks for some of the newest rows of a range. */
export type RowSource = (range: IdRange, limit: number) => Found;

/** @param rows `limit` of them, or all that there are in the range */
export const foundAll = (rows: readonly FoundRow[], { after }: IdRange, limit: number, costOfRow = 1): Found => ({
  rows,
  doneTo: rows.length < limit ? after : (rows.at(-1)?.id ?? after),
  cost: rows.length * costOfRow,
});
