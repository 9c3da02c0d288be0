/** What can be done to a supervisord as a whole, by danger. */
export const SUPERVISOR_ACTIONS = ["reread", "update", "restart", "shutdown"] as const;
export type SupervisorAction = (typeof SUPERVISOR_ACTIONS)[number];
