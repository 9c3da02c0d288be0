import { Elysia } from "elysia";
import { needs } from "./needs.ts";

/** Pages of Multivisor 6, as they stand in people's bookmarks. */
const MOVED: Readonly<Record<string, string>> = {
  "/view/group": "/",
  "/view/supervisor": "/supervisors",
  "/view/process": "/processes",
};

export const oldPages = (basePath: string) =>
  Object.entries(MOVED).reduce(
    (app, [from, to]) =>
      app.get(
        from,
        ({ request }) =>
          new Response(null, { status: 308, headers: { location: basePath + to + new URL(request.url).search } }),
        needs("open", "Where a page of Multivisor 6 is now"),
      ),
    new Elysia({ name: "old-pages" }) as Elysia,
  );
