import { Elysia } from "elysia";

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
    .get("/api/admin/reload", reload) // as Multivisor 6; the origin guard keeps other sites from it
    .get("/api/config/file", () => ({ content: deps.configurationFile() }));
};
