import { Elysia, t } from "elysia";
import type { Auth } from "../auth/auth.ts";
import { tooManyTries } from "../auth/guard.ts";
import { needs } from "./needs.ts";

/** GET /api/auth, POST /api/login and /api/logout, as Multivisor 6 answers them. */
export const authRoutes = ({ auth }: { readonly auth: Auth }) =>
  new Elysia({ name: "auth" })
    .get(
      "/api/auth",
      ({ request, set }) => {
        set.headers["cache-control"] = "no-store";
        return who(auth, request);
      },
      needs("open", {
        summary: "Whether a login is asked for, and whose request this is",
        group: "login",
        answer: t.Object({
          use_authentication: t.Boolean(),
          is_authenticated: t.Boolean(),
          user: t.Optional(t.String()),
          role: t.Optional(t.String()),
        }),
        example: { use_authentication: true, is_authenticated: true, user: "ann", role: "operator" },
      }),
    )
    .post(
      "/api/login",
      async ({ request, body }) => {
        if (!auth.isRequired()) return new Response("Authentication is not required");
        const username = field(body, "username");
        const password = field(body, "password");
        if (username === null) return refused({ username: "The field username is missing" });
        if (password === null) return refused({ password: "The field password is missing" });
        const result = await auth.login(request, username, password);
        if (result.ok) return answer({}, 200, result.setCookie);
        const errors = { password: result.problem };
        return result.retryAfterS === null
          ? refused(errors)
          : tooManyTries(result.problem, result.retryAfterS, { errors });
      },
      needs("open", {
        summary: "Begins a session: answers its cookie",
        description:
          "Programs do without: they send a token as Bearer, or name and password as Basic, with each request.",
        group: "login",
        body: t.Object({ username: t.String(), password: t.String() }),
        sends: { username: "ann", password: "…" },
        responses: REFUSALS,
        answer: t.Object({}),
        example: {},
      }),
    )
    .post(
      "/api/logout",
      ({ request }) => answer({}, 200, auth.logout(request)),
      needs("open", {
        summary: "Ends the session, wherever its cookie was copied to",
        group: "login",
        answer: t.Object({}),
        example: {},
      }),
    );

/** Where a login is asked for, also as whom. */
function who(auth: Auth, request: Request) {
  const account = auth.isRequired() ? auth.account(request) : null;
  const known = { use_authentication: auth.isRequired(), is_authenticated: account !== null };
  return account === null ? known : { ...known, user: account.name, role: account.role };
}

/** Of a form or of JSON. */
function field(body: unknown, name: string): string | null {
  const value = typeof body === "object" && body !== null ? (body as Record<string, unknown>)[name] : undefined;
  return typeof value === "string" && value !== "" ? value : null;
}

const ERRORS = { type: "object", properties: { errors: { type: "object" } }, required: ["errors"] };
const refusal = (description: string, more: object = {}) => ({
  description,
  content: {
    "application/json": { schema: ERRORS, example: { errors: { password: "Invalid username or password" } } },
  },
  ...more,
});
const REFUSALS = {
  "400": refusal("wrong name or password, or none"),
  "429": refusal("too many tries", {
    headers: { "Retry-After": { description: "seconds until the next", schema: { type: "integer" } } },
  }),
};

/** In the words of Multivisor 6, whose page shows them. @param errors by field */
const refused = (errors: Readonly<Record<string, string>>): Response => answer({ errors }, 400, null);

const answer = (body: object, status: number, setCookie: string | null): Response =>
  Response.json(body, {
    status,
    headers: { "cache-control": "no-store", ...(setCookie === null ? {} : { "set-cookie": setCookie }) },
  });
