/** Base path of all urls: "" or "/x". */
export const base = (): string => document.documentElement.dataset.base ?? "";

/** The element that the page must have. */
export function byId<E extends HTMLElement = HTMLElement>(id: string): E {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`no element #${id}`);
  return element as E;
}

/** The session has ended: log in and come back to what was looked at. */
export function toLogin(): void {
  location.assign(`${base()}/login?next=${encodeURIComponent(location.pathname + location.search)}`);
}
