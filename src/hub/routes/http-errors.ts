import { Elysia } from "elysia";
import { type ErrorCode, MultivisorError, messageOf } from "../../domain/errors.ts";
import type { Logger } from "../../lib/logger.ts";
import type { ErrorPage } from "../error-page.ts";

/** The one place where our codes become statuses of HTTP. */
export const HTTP_STATUS = {
  UNKNOWN_METHOD: 502,
  INCORRECT_PARAMETERS: 400,
  BAD_ARGUMENTS: 400,
  SHUTDOWN_STATE: 409,
  BAD_NAME: 404,
  BAD_SIGNAL: 400,
  NO_FILE: 409,
  NOT_EXECUTABLE: 409,
  FAILED: 502,
  ABNORMAL_TERMINATION: 409,
  SPAWN_ERROR: 409,
  ALREADY_STARTED: 409,
  NOT_RUNNING: 409,
  ALREADY_ADDED: 409,
  STILL_RUNNING: 409,
  CANT_REREAD: 409,
  BAD_CONFIG: 422,
  BAD_REQUEST: 400,
  BAD_WIRE: 502,
  UNAUTHORIZED: 502, // of the hub at an agent; a client's own login is answered by the auth routes
  FORBIDDEN: 403,
  AGENT_PROTECTED: 409,
  HOST_UNREACHABLE: 502,
  EXPIRED: 504,
  TIMEOUT: 504,
  STORE_UNAVAILABLE: 503,
  NO_LOG: 404,
  BUSY: 503,
} as const satisfies Record<ErrorCode, number>;

/** @returns 502 for a code that a newer peer may have */
export const httpStatus = (code: ErrorCode): number => HTTP_STATUS[code] ?? 502;

/**
 * Every error leaves as JSON {code, message}, or as a page for people; what we did not foresee is logged, and not told to
 * strangers.
 * @param methodsOf by which methods something is asked at a path
 */
export const httpErrors = (
  log: Logger,
  deps: {
    readonly methodsOf?: (path: string) => readonly string[];
    readonly onRefusal?: (request: Request, status: number) => Promise<void>;
    readonly page?: ErrorPage;
  } = {},
) =>
  new Elysia({ name: "http-errors" }).onError({ as: "global" }, ({ code, error, set, request }) => {
    const { methodsOf = () => [], onRefusal, page = () => null } = deps;
    const answer = (status: number, errorCode: string, message: string) => {
      const shown = page(request, status, message);
      if (shown !== null) return shown;
      set.status = status;
      return { code: errorCode, message };
    };
    if (error instanceof MultivisorError && error.code === "FORBIDDEN") void onRefusal?.(request, 403);
    if (error instanceof MultivisorError) return answer(httpStatus(error.code), error.code, error.message);
    const { pathname } = new URL(request.url);
    if (code === "NOT_FOUND") {
      const allowed = methodsOf(pathname);
      if (allowed.length === 0) return answer(404, "NOT_FOUND", `Nothing here: ${pathname}`);
      set.headers.allow = allowed.join(", ");
      return answer(405, "BAD_REQUEST", `Cannot ${request.method} ${pathname}: ${allowed.join(" or ")} it`);
    }
    if (code === "VALIDATION") return answer(400, "BAD_REQUEST", validationMessage(error));
    if (code === "PARSE") return answer(400, "BAD_REQUEST", "Cannot read the body: send a form or JSON");
    log.error(`${request.method} ${pathname}: ${messageOf(error)}`);
    return answer(500, "INTERNAL", "An error of the hub itself, see its log");
  });

function validationMessage(error: { readonly all?: unknown }): string {
  const [first] = Array.isArray(error.all) ? error.all : [];
  const at = typeof first?.path === "string" && first.path !== "" ? first.path.slice(1) : "the request";
  return `Cannot read ${at}: ${typeof first?.summary === "string" ? first.summary : "not as expected"}`;
}
