/** Processes whose logs are shown together, at most: as many as one can still tell apart. */
export const MOST_LOGS = 16;
