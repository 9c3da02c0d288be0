import { Elysia } from "elysia";
import type { Auth } from "../auth/auth.ts";
import { tooManyTries } from "../auth/require-login.ts";

/** GET /api/auth, POST /api/login and /api/logout, as Multivisor 6 answers them. */
export const authRoutes = ({ auth }: { readonly auth: Auth }) =>
  new Elysia({ name: "auth" })
    .get("/api/auth", ({ request, set }) => {
      set.headers["cache-control"] = "no-store";
      return { use_authentication: auth.isRequired(), is_authenticated: auth.user(request) !== null };
    })
    .post("/api/login", async ({ request, body }) => {
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
    })
    .post("/api/logout", ({ request }) => answer({}, 200, auth.logout(request)));

/** Of a form or of JSON. */
function field(body: unknown, name: string): string | null {
  const value = typeof body === "object" && body !== null ? (body as Record<string, unknown>)[name] : undefined;
  return typeof value === "string" && value !== "" ? value : null;
}

/** In the words of Multivisor 6, whose page shows them. @param errors by field */
const refused = (errors: Readonly<Record<string, string>>): Response => answer({ errors }, 400, null);

const answer = (body: object, status: number, setCookie: string | null): Response =>
  Response.json(body, {
    status,
    headers: { "cache-control": "no-store", ...(setCookie === null ? {} : { "set-cookie": setCookie }) },
  });
