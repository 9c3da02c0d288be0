import { Elysia } from "elysia";
import { MultivisorError } from "../../domain/errors.ts";

/** /api/admin/reload and /api/config/file. */
export const adminRoutes = (deps: {
  /** @throws MultivisorError BAD_CONFIG; the running set stays as it is */
  readonly reload: () => void;
  /** the configuration file without its secrets */
  readonly configurationFile: () => string;
}) => {
  const reload = () => {
    deps.reload();
    return "OK";
  };
  return new Elysia({ name: "admin" })
    .post("/api/admin/reload", reload)
    .get("/api/admin/reload", ({ request }) => {
      // Multivisor 6 reloads by GET; a link on another site may not
      if (request.headers.get("sec-fetch-site") === "cross-site")
        throw new MultivisorError("FORBIDDEN", "Cannot reload: the request comes from another site");
      return reload();
    })
    .get("/api/config/file", () => ({ content: deps.configurationFile() }));
};
