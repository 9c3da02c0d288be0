/** Each part of a name is one segment of the path, whatever it holds; safe in an attribute as it stands. */
const segment = (text: string): string => encodeURIComponent(text.toWellFormed()).replaceAll("'", "%27");

/** A colon may stand in a path, and is easier to read than %3A. */
export const processUrl = (basePath: string, uid: string): string =>
  `${basePath}/process/${segment(uid).replaceAll("%3A", ":")}`;

export const supervisorUrl = (basePath: string, name: string): string =>
  `${basePath}/supervisor/${segment(name).replaceAll("%3A", ":")}`;

/** @param query parameters of /api/history and of the page alike; empty ones are left out */
export function historyUrl(basePath: string, query: Readonly<Record<string, string>>): string {
  const filled = Object.entries(query).filter(([, value]) => value !== "");
  return `${basePath}/history${filled.length === 0 ? "" : `?${new URLSearchParams(filled)}`}`;
}
