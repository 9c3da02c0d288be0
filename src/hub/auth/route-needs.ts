import type { Need } from "../../domain/role.ts";
import { declarationOf } from "../routes/needs.ts";

type Route = { readonly method: string; readonly path: string; readonly hooks?: unknown };

export type RouteNeeds = {
  /** @param route as it was registered: `/api/process/info/:uid` @returns admin for one that nobody declared */
  readonly ofRoute: (method: string, route: string) => Need;
  /** Is this path open to strangers? A first look, before the body is read: `ofRoute` has the last word. */
  readonly isOpenPath: (method: string, path: string) => boolean;
};

export function createRouteNeeds(routes: () => readonly Route[]): RouteNeeds {
  let table: Map<string, Need> | null = null;
  const needOf = () =>
    (table ??= new Map(
      routes().map((route) => [key(route.method, route.path), declarationOf(route)?.need ?? "admin"]),
    ));
  return {
    ofRoute: (method, route) => needOf().get(key(method, route)) ?? "admin",
    isOpenPath(method, path) {
      const parts = path.split("/");
      for (const [route, need] of needOf())
        if (need === "open" && matches(route, method === "HEAD" ? "GET" : method, parts)) return true;
      return false;
    },
  };
}

const key = (method: string, route: string): string => `${method === "HEAD" ? "GET" : method} ${route}`;

function matches(routeKey: string, method: string, parts: readonly string[]): boolean {
  const space = routeKey.indexOf(" ");
  if (routeKey.slice(0, space) !== method) return false;
  const own = routeKey.slice(space + 1).split("/");
  return own.length === parts.length && own.every((part, i) => part.startsWith(":") || part === parts[i]);
}
