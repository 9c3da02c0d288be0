/** A zone's name as hosts and browsers tell it; what else comes is none. */
export const zoneName = (text: string | null | undefined): string | null =>
  text != null && /^[A-Za-z0-9_+/-]{1,64}$/.test(text) ? text : null;
