import { Elysia, t } from "elysia";
import { needs } from "./needs.ts";

/** /api/admin/reload and /api/config/file. */
export const adminRoutes = (deps: {
  /** @throws MultivisorError BAD_CONFIG; the running set stays as it is */
  readonly reload: (request: Request) => void;
  /** the configuration file without its secrets */
  readonly configurationFile: () => string;
  /** Did the request come by a cookie, which a browser sends along by itself? */
  readonly byCookie: (request: Request) => boolean;
}) => {
  const reload = (request: Request) => {
    deps.reload(request);
    return "OK";
  };
  const docs = {
    summary: "Rereads the configuration file of the hub",
    description:
      "Added, removed and changed supervisors take effect; nothing else is disturbed. A broken file changes nothing and answers 422 with the reason.",
    group: "hub",
    type: "text/plain",
    example: "OK",
  };
  return new Elysia({ name: "admin" })
    .post("/api/admin/reload", ({ request }) => reload(request), needs("admin", docs))
    .get(
      "/api/admin/reload",
      ({ request, status }) =>
        deps.byCookie(request)
          ? status(405, { code: "FORBIDDEN", message: "With a session, POST: a GET changes nothing" })
          : reload(request),
      needs("admin", {
        ...docs,
        description: `As Multivisor 6. ${docs.description} Not by a cookie: use POST or a token.`,
      }),
    )
    .get(
      "/api/config/file",
      () => ({ content: deps.configurationFile() }),
      needs("admin", {
        summary: "The hub's configuration file, with ******** in the place of every secret",
        group: "hub",
        answer: t.Object({ content: t.String() }),
        example: { content: "[global]\nname=plant\n" },
      }),
    );
};
