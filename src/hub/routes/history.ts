import { Elysia, t } from "elysia";
import { HISTORY_PARAMETERS, type HistoryParameters, parseHistoryQuery } from "../store/history-query.ts";
import type { Store } from "../store/store.ts";

const Parameter = t.Optional(t.String({ maxLength: 1_000 }));
const Query = t.Object(
  Object.fromEntries(HISTORY_PARAMETERS.map((name) => [name, Parameter])) as Record<
    (typeof HISTORY_PARAMETERS)[number],
    typeof Parameter
  >,
);

/** GET /api/history: newest first, a page at a time. */
export const historyRoutes = ({ store }: { readonly store: Pick<Store, "history"> }) =>
  new Elysia({ name: "history" }).get(
    "/api/history",
    ({ query, set }) => {
      set.headers["cache-control"] = "no-store";
      return store.history(parseHistoryQuery(query as HistoryParameters));
    },
    { query: Query },
  );
