/** What all processes of a supervisor use and did together; rounded as in `RowFigures`. */
export type SupervisorSums = {
  /** percent of one core; null: none is told */
  readonly cpu: number | null;
  readonly rssKib: number | null;
  /** starts within the last hour */
  readonly restarts: number;
};
