import { Elysia, t } from "elysia";
import type { Requester } from "../actions/requester.ts";
import type { Counters } from "../metrics/counters.ts";
import { EXPOSITION_TYPE, exposition } from "../metrics/exposition.ts";
import { type HubInternals, hubFamilies } from "../metrics/hub-families.ts";
import { processFamilies, type UsageOf } from "../metrics/process-families.ts";
import { supervisorFamilies } from "../metrics/supervisor-families.ts";
import { needs } from "./needs.ts";

const Query = t.Object({
  processes: t.Optional(t.String({ maxLength: 10, description: "0: without the series of single processes" })),
});

/** GET /metrics for Prometheus; /healthz and /readyz for whoever starts and stops hubs. */
export const metricsRoutes = (deps: {
  readonly who: (request: Request) => Requester;
  readonly counters: Counters;
  readonly usage: UsageOf;
  readonly internals: () => HubInternals;
  /** what is not well; [] all is */
  readonly problems: () => readonly string[];
}) => {
  const { who, counters, usage, internals, problems } = deps;
  return new Elysia({ name: "metrics" })
    .get(
      "/metrics",
      ({ request, query }) => {
        const { view } = who(request);
        const ofProcesses =
          query.processes === "0" ? [] : processFamilies({ view, counters, usage, nowMs: Date.now() });
        const text = exposition([
          ...supervisorFamilies(view, counters),
          ...ofProcesses,
          ...hubFamilies(counters, internals()),
        ]);
        return new Response(text, { headers: { "content-type": EXPOSITION_TYPE, "cache-control": "no-store" } });
      },
      {
        query: Query,
        ...needs("read", {
          summary: "Figures for Prometheus",
          description:
            "`processes=0` leaves out what there is of each process. Prometheus logs in with a token of a viewer.",
          group: "hub",
          query: Query,
          type: "text/plain",
          example: 'multivisor_supervisor_up{supervisor="lid001"} 1\n',
        }),
      },
    )
    .get(
      "/healthz",
      ({ set }) => {
        set.headers["cache-control"] = "no-store";
        return "OK";
      },
      needs("open", {
        summary: "200 as long as the hub answers at all",
        group: "hub",
        type: "text/plain",
        example: "OK",
      }),
    )
    .get(
      "/readyz",
      ({ set, status }) => {
        set.headers["cache-control"] = "no-store";
        const found = problems();
        return found.length === 0 ? "OK" : status(503, `${found.join("\n")}\n`);
      },
      needs("open", {
        summary: "200 where the hub has its configuration and writes its history, else 503 with what is wrong",
        description: "Hosts that are down do not count: the hub is there to say so.",
        group: "hub",
        type: "text/plain",
        example: "OK",
      }),
    );
};
