/** Of an answer of a link that goes on to a browser, these and no others. */
const PASSED_ON = ["content-range", "content-length", "accept-ranges", "etag", "x-log-source"];

/** A whole log for a browser: never shown as anything but text, whatever is in it. @param name of the file, made safe here */
export function logDownload(answer: Response, name: string): Response {
  const headers = new Headers({
    "content-type": "text/plain; charset=utf-8",
    "content-disposition": `attachment; filename="${safeFileName(name)}"`,
    "content-security-policy": "default-src 'none'; sandbox",
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
  });
  for (const header of PASSED_ON) {
    const value = answer.headers.get(header);
    if (value !== null) headers.set(header, value);
  }
  return new Response(answer.body, { status: answer.status, headers });
}

/** Names of supervisord may hold what file systems and headers do not. */
const safeFileName = (name: string): string =>
  name
    .replaceAll(/[^A-Za-z0-9._-]+/g, "_")
    .replace(/^\.+/, "_")
    .slice(0, 150);
