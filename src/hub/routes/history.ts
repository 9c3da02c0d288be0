import { Elysia, t } from "elysia";
import { type Access, seesUid } from "../../domain/access.ts";
import { HistoryPage } from "../../protocol/hub.ts";
import type { Requester } from "../actions/requester.ts";
import { HISTORY_PARAMETERS, type HistoryParameters, parseHistoryQuery } from "../store/history-query.ts";
import type { Store } from "../store/store.ts";
import { needs } from "./needs.ts";

const Parameter = t.Optional(t.String({ maxLength: 1_000 }));
const Query = t.Object(
  Object.fromEntries(HISTORY_PARAMETERS.map((name) => [name, Parameter])) as Record<
    (typeof HISTORY_PARAMETERS)[number],
    typeof Parameter
  >,
);

/** GET /api/history: newest first, a page at a time. */
export const historyRoutes = (deps: {
  readonly store: Pick<Store, "history">;
  readonly who: (request: Request) => Pick<Requester, "account" | "view">;
}) =>
  new Elysia({ name: "history" }).get(
    "/api/history",
    ({ query, set, request }) => {
      set.headers["cache-control"] = "no-store";
      const page = deps.store.history(parseHistoryQuery(query as HistoryParameters));
      const { account, view } = deps.who(request);
      return account.access === null ? page : partOf(page, account.access, (name) => view.supervisors().has(name));
    },
    {
      query: Query,
      ...needs("read", {
        summary: "What happened, newest first, a page at a time",
        description:
          "Names are exact or patterns. `next` of the answer is the `cursor` of the next page. Whoever sees a part of the fleet may get pages with fewer items.",
        group: "history",
        query: Query,
        answer: HistoryPage,
      }),
    },
  );

/** A gap is of a supervisor as a whole. */
const partOf = (page: HistoryPage, access: Access, sees: (supervisor: string) => boolean): HistoryPage => ({
  ...page,
  items: page.items.filter((item) => (item.uid === null ? sees(item.supervisor) : seesUid(access, item.uid))),
});
