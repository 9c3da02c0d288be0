import type { Need } from "../../domain/role.ts";
import { declarationOf } from "../routes/needs.ts";

type Route = { readonly method: string; readonly path: string; readonly hooks?: unknown };

export type RouteNeeds = {
  /** @param route as it was registered: `/api/process/info/:uid` @returns admin for one that nobody declared */
  readonly ofRoute: (method: string, route: string) => Need;
  /** Is this path open to strangers? A first look, before the body is read: `ofRoute` has the last word. */
  readonly isOpenPath: (method: string, path: string) => boolean;
  /** by which methods something is asked there, by whomever */
  readonly methodsOf: (path: string) => string[];
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
        if (need === "open" && matches(route, parts) && methodOf(route) === method) return true;
      return false;
    },
    methodsOf(path) {
      const parts = path.split("/");
      return [...needOf().keys()].filter((route) => matches(route, parts)).map(methodOf);
    },
  };
}

const key = (method: string, route: string): string => `${method} ${route}`;
const methodOf = (routeKey: string): string => routeKey.slice(0, routeKey.indexOf(" "));

function matches(routeKey: string, parts: readonly string[]): boolean {
  const own = routeKey.slice(routeKey.indexOf(" ") + 1).split("/");
  return own.length === parts.length && own.every((part, i) => part.startsWith(":") || part === parts[i]);
}
