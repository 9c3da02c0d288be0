/** "2026-11-24 01:52:07" in the zone of this machine; sv-SE writes ISO 8601 with a space. @param ms epoch milliseconds */
export const localTime = (ms: number): string => new Date(ms).toLocaleString("sv-SE");
