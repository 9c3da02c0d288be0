/** On every answer, whatever made it; a page says more of its own (page-response.ts). */
const EVERYWHERE = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "strict-origin",
  "x-frame-options": "DENY",
  "cross-origin-resource-policy": "same-origin",
} as const;

/** For what is not a page, should a browser be brought to show it as one. */
const NO_PAGE = "default-src 'none'; frame-ancestors 'none'";

/** A browser that has come by https once does not go back to http for this long. */
const ONE_YEAR_S = 31_536_000;

/** Adds what is not there. Answers of logs, histories and the like hold what only the asker may see: nobody keeps them. */
export function withCommonHeaders(response: Response, isHttps: boolean): Response {
  const { headers } = response;
  const add = (name: string, value: string) => {
    if (!headers.has(name)) headers.set(name, value);
  };
  for (const [name, value] of Object.entries(EVERYWHERE)) add(name, value);
  add("content-security-policy", NO_PAGE);
  add("cache-control", "no-store");
  if (isHttps) add("strict-transport-security", `max-age=${ONE_YEAR_S}`);
  return response;
}
