/** Moments in full. */
export const timeTexts = {
  since: (moment: string) => `since ${moment}`,
  /** the host's own clock, in its zone */
  onHost: (host: string, moment: string, skew: string) => `${host}: ${moment}${skew}`,
  ahead: (by: string) => `, its clock is ${by} ahead`,
  behind: (by: string) => `, its clock is ${by} behind`,
} as const;
