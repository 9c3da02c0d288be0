/** As the runtime or the system names it; "" where it has none. */
export const codeOf = (error: unknown): string => (error instanceof Error && "code" in error ? String(error.code) : "");

/** Codes of attempts that reached nobody. */
const UNCONNECTED: Readonly<Record<string, string>> = {
  ConnectionRefused: "connection refused",
  ECONNREFUSED: "connection refused",
  FailedToOpenSocket: "host name not found, or no route to it",
  ENOTFOUND: "host name not found, or no route to it",
  EHOSTUNREACH: "no route to the host",
  ENETUNREACH: "no route to the host",
  EAI_AGAIN: "host name not found",
  EMFILE: "no more files may be opened here: raise LimitNOFILE",
  ENFILE: "no more files can be opened on this machine",
};

const DAMAGED_TLS = "what it answers is damaged, or no TLS";

const INTERRUPTED: Readonly<Record<string, string>> = {
  ConnectionClosed: "connection closed by the host",
  ECONNRESET: "connection closed by the host",
  EPIPE: "connection closed by the host",
  InvalidHTTPResponse: "what it answers is damaged, or no HTTP",
  EPROTO: DAMAGED_TLS,
};

/** Nothing of the request can have arrived. */
export const isUnconnected = (error: unknown): boolean => codeOf(error) in UNCONNECTED;

/** What a person on call wants to read instead of the runtime's words. */
export function reasonOf(error: unknown): string {
  const code = codeOf(error);
  if (code.startsWith("ERR_SSL_")) return DAMAGED_TLS; // OpenSSL has a hundred names for it
  return (
    UNCONNECTED[code] ?? INTERRUPTED[code] ?? withoutAdvice(error instanceof Error ? error.message : String(error))
  );
}

/** What the runtime advises to those who call it helps nobody here. */
const withoutAdvice = (message: string): string =>
  message
    .replace(/\.? For more information, pass `verbose: true` in the second argument to fetch\(\)/, "")
    .replaceAll(/\s*\n\s*/g, " ");
