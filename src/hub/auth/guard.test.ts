import { expect, test } from "bun:test";
import { Elysia } from "elysia";
import { needs } from "../routes/needs.ts";
import type { Auth } from "./auth.ts";
import { guard, type Refusal } from "./guard.ts";
import { createRouteNeeds } from "./route-needs.ts";

test("what is beside an open path, but not open itself, is kept from strangers, and the refusal is told of", async () => {
  const refusals: Refusal[] = [];
  const auth = { admit: async () => null, account: () => null } as unknown as Auth;
  const app = new Elysia();
  app
    .use(
      guard({ auth, basePath: "", needs: createRouteNeeds(() => app.routes), onRefusal: (one) => refusals.push(one) }),
    )
    .get("/assets/:file", () => "open", needs("open", "assets"))
    .get("/assets/private.js", () => "private", needs("read", "not for all"));
  const get = (path: string) => app.handle(new Request(`http://localhost${path}`));
  expect(await (await get("/assets/app.js")).text()).toBe("open");
  const answer = await get("/assets/private.js");
  expect(answer.status).toBe(401);
  expect(await answer.json()).toEqual({ message: "Authenthication is required to access this endpoint" });
  expect(refusals).toMatchObject([{ account: null, status: 401 }]);
});
