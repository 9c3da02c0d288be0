import { Elysia } from "elysia";
import type { Logger } from "../lib/logger.ts";
import type { ActionLog } from "./actions/action-log.ts";
import type { Requester } from "./actions/requester.ts";
import type { ApiData } from "./api/api-data.ts";
import { processMore } from "./api/process-more.ts";
import type { Assets } from "./assets.ts";
import type { Audit } from "./audit/audit.ts";
import type { RecordAudit } from "./audit/record-audit.ts";
import type { Auth } from "./auth/auth.ts";
import { guard } from "./auth/guard.ts";
import { hostGuard } from "./auth/host-guard.ts";
import { originGuard } from "./auth/origin-guard.ts";
import { createRouteNeeds } from "./auth/route-needs.ts";
import type { EnterStreams } from "./door/stream-room.ts";
import { createErrorPage } from "./error-page.ts";
import type { Hub } from "./hub.ts";
import type { ApiStream } from "./live/api-stream.ts";
import { countAnswers } from "./metrics/count-answers.ts";
import type { Metrics } from "./metrics/metrics.ts";
import { actionRoutes } from "./routes/actions.ts";
import { adminRoutes } from "./routes/admin.ts";
import { auditRoutes } from "./routes/audit.ts";
import { authRoutes } from "./routes/auth.ts";
import { dataRoutes } from "./routes/data.ts";
import { historyRoutes } from "./routes/history.ts";
import { historyFiguresRoutes } from "./routes/history-figures.ts";
import { httpErrors } from "./routes/http-errors.ts";
import { liveLogsRoutes } from "./routes/live-logs.ts";
import { logRoutes } from "./routes/logs.ts";
import { metricsRoutes } from "./routes/metrics.ts";
import { openApiRoutes } from "./routes/openapi.ts";
import { manyPages } from "./routes/pages-many.ts";
import { type PagesOptions, pages } from "./routes/pages.ts";
import { processRoutes } from "./routes/process.ts";
import { createRunAction } from "./routes/run-action.ts";
import { statsRoutes } from "./routes/stats.ts";
import { streamRoutes } from "./routes/stream.ts";
import { supervisorRoutes } from "./routes/supervisor.ts";
import type { Stats } from "./stats/stats.ts";
import { statsAnswer } from "./stats/stats-answer.ts";
import type { Store } from "./store/store.ts";

export type ServerParts = {
  readonly hub: Hub;
  readonly auth: Auth;
  readonly store: Store;
  readonly stats: Stats;
  readonly data: ApiData;
  readonly stream: ApiStream;
  readonly enterStreams: EnterStreams;
  readonly actions: ActionLog;
  readonly hosts: Parameters<typeof hostGuard>[0];
  readonly audit: Audit;
  readonly recordAudit: RecordAudit;
  /** @throws MultivisorError BAD_CONFIG; the running set stays as it is */
  readonly reload: (request: Request) => void;
  readonly metrics: Metrics;
  /** on whose behalf a request that was let in acts */
  readonly who: (request: Request) => Requester;
  readonly assets: Assets;
  readonly pages: PagesOptions;
  readonly configurationFile: () => string;
  readonly basePath: string;
  readonly log: Logger;
};

/** Everything that the hub answers over HTTP. */
export function createServer(parts: ServerParts) {
  const { hub, auth, data, stream, who, basePath, log } = parts;
  const { refresh, processActions, supervisorActions } = hub;
  const run = createRunAction({ who, actions: parts.actions, log });
  const app = new Elysia({ prefix: basePath });
  const needs = createRouteNeeds(() => app.routes);
  const onRefusal = async (request: Request, status: number) =>
    parts.recordAudit.refusal({ request, status, account: await auth.who(request) });
  return app
    .use(httpErrors(log, { methodsOf: needs.methodsOf, onRefusal, page: createErrorPage(parts.pages, basePath) }))
    .use(countAnswers(parts.metrics.countAnswer))
    .use(hostGuard({ ...parts.hosts, onRefusal }))
    .use(originGuard({ basePath, onRefusal }))
    .use(guard({ auth, needs, basePath, onRefusal: parts.recordAudit.refusal }))
    .use(authRoutes({ auth }))
    .use(dataRoutes({ data, refresh, who }))
    .use(processRoutes({ who, run, actions: processActions, refresh, more: processMore(parts.store, parts.stats) }))
    .use(statsRoutes({ who, answer: statsAnswer(parts.stats, parts.store.stats), nowMs: Date.now }))
    .use(logRoutes({ who, run, actions: processActions, logs: hub.logs }))
    .use(liveLogsRoutes({ who, logs: hub.logs }))
    .use(supervisorRoutes({ who, run, actions: supervisorActions, refresh, programs: hub.programs }))
    .use(actionRoutes({ who, run, actions: processActions, log: parts.actions }))
    .use(metricsRoutes({ ...parts.metrics, who }))
    .use(streamRoutes({ stream, enter: parts.enterStreams, who }))
    .use(historyRoutes({ store: parts.store, who, log }))
    .use(historyFiguresRoutes({ store: parts.store, who }))
    .use(openApiRoutes({ ...parts.pages, routes: () => app.routes, basePath }))
    .use(auditRoutes({ audit: parts.audit, log }))
    .use(adminRoutes({ reload: parts.reload, configurationFile: parts.configurationFile, byCookie: auth.byCookie }))
    .use(pages(parts.pages))
    .use(manyPages({ ...parts.pages, who, run, perform: processActions.perform, actions: parts.actions }));
}
