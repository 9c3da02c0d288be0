import { hostname } from "node:os";
import { deathOf } from "../domain/death.ts";
import { messageOf } from "../domain/errors.ts";
import { permits } from "../domain/role.ts";
import { VERSION } from "../lib/build-info.ts";
import type { Logger } from "../lib/logger.ts";
import { isLoopback } from "../lib/loopback.ts";
import type { ViewContext } from "../views/view-context.ts";
import { createActionLog } from "./actions/action-log.ts";
import { createApiData } from "./api/api-data.ts";
import { createAssets } from "./assets.ts";
import { createRecordAudit } from "./audit/record-audit.ts";
import { createAuth } from "./auth/auth.ts";
import { createClient } from "./auth/client.ts";
import { createLoginLimiter } from "./auth/login-limiter.ts";
import { createSessions } from "./auth/sessions.ts";
import { maskSecrets } from "./configuration/mask-secrets.ts";
import { readConfigurationFile, readConfigurationText } from "./configuration/read-configuration.ts";
import { createDoor } from "./door/door.ts";
import { listen } from "./door/listen.ts";
import { streamRoom } from "./door/stream-room.ts";
import { watchOpenFiles } from "./door/watch-open-files.ts";
import type { FleetView } from "./fleet-view.ts";
import { createFleetViews } from "./fleet-views.ts";
import { knownUntil } from "./history/known-until.ts";
import { createHub } from "./hub.ts";
import type { HubOptions } from "./hub-options.ts";
import { knownPrograms } from "./known-programs.ts";
import { createApiStream } from "./live/api-stream.ts";
import { createFiguresOf } from "./live/figures-of.ts";
import { createHistoryProblem } from "./live/history-problem.ts";
import { latestLines } from "./live/latest-lines.ts";
import { createLiveViews } from "./live/live-views.ts";
import { createNoticeLog } from "./live/notice-log.ts";
import { createPagesLive } from "./live/pages-live.ts";
import { createRecentPast } from "./live/recent-past.ts";
import { createMetrics } from "./metrics/metrics.ts";
import { visibleHistogram, visibleHistory } from "./routes/history.ts";
import { readPast } from "./routes/read-past.ts";
import { createServer } from "./server.ts";
import { createStats } from "./stats/stats.ts";
import { statsAnswer } from "./stats/stats-answer.ts";
import { holdDatabase } from "./store/hold-database.ts";
import { auditPathOf } from "./store/audit-path.ts";
import { openAudit } from "./store/open-audit.ts";
import { openStore } from "./store/open-store.ts";
import { DEFAULT_RETENTION } from "./store/retention.ts";
import { upgradeAside } from "./store/upgrade-aside.ts";
import { readHubTls } from "./tls.ts";
import { createWho } from "./who.ts";

export type RunningHub = {
  readonly url: string;
  /** Applies the configuration file as it is now; a broken one is logged and changes nothing. */
  readonly reload: () => void;
  readonly close: () => Promise<void>;
};

export type HubState = {
  /** of the database; whatever is wrong with it, the hub runs without history meanwhile */
  readonly dbPath: string;
  /** that sessions are signed with */
  readonly secretKey: string;
};

/**
 * Everything of a hub, running.
 * @throws MultivisorError BAD_CONFIG, also where the address or the database is taken
 */
export function runHub(options: HubOptions, { dbPath, secretKey }: HubState, log: Logger): RunningHub {
  const { configurationFile, basePath, bind } = options;
  const letGo = holdDatabase(dbPath, log);
  const store = openStore(dbPath, {
    log,
    now: Date.now,
    upgrade: upgradeAside,
    onReplay: () => hub.replay(),
    onStatus: () => historyProblem.changed(),
    knownUntil: (supervisor) => knownUntil(hub.fleet, supervisor, Date.now()),
    retention: () => ({ ...DEFAULT_RETENTION, ...hub.configuration().history }),
  });
  const historyProblem = createHistoryProblem(store.status);
  const stats = createStats({ onSlot: store.putStats });
  const front = () => hub.configuration().front;
  const client = createClient(front, (request) => listening.peer(request));
  const clientAddress = client.address;
  const audit = openAudit(auditPathOf(dbPath), log, Date.now);
  const recordAudit = createRecordAudit({ audit, clientAddress, now: Date.now });
  const reload = (by: { user: string | null; address: string }) => {
    try {
      hub.reload();
      listening.renew(readHubTls(front().tls));
      recordAudit.reload(by, null);
    } catch (error) {
      recordAudit.reload(by, messageOf(error));
      throw error;
    }
  };
  const hub = createHub({
    readConfiguration() {
      const read = readConfigurationFile(configurationFile);
      readHubTls(read.configuration.front.tls); // as wrong as anything else in the file
      return read;
    },
    history: store,
    recordCommand: recordAudit.commands(store.recordCommand),
    recordLink: store.recordLink,
    lastDeath(supervisor, process) {
      const kept = store.lastEvidence(supervisor, process);
      return kept && deathOf({ ofMs: kept.atMs, evidence: kept.evidence });
    },
    onResources: stats.add,
    log,
    nowMs: Date.now,
  });
  const { fleet } = hub;
  fleet.subscribe((change) => change.kind === "supervisor_removed" && stats.forget(change.name));
  const auth = createAuth({
    accounts: () => hub.configuration().accounts,
    sessions: createSessions({
      key: secretKey,
      basePath,
      find: (name) => hub.configuration().accounts.users.find(({ username }) => username === name) ?? null,
      ended: store.endedSessions,
      now: Date.now,
      isHttps: client.isHttps,
    }),
    limiter: createLoginLimiter(steadyMs),
    clientAddress,
    log,
    now: Date.now,
    proxyLogin: {
      isUsed: () => front().loginHeader !== null,
      name: client.loginName,
      role: () => front().loginRole,
    },
    onEvent(event) {
      metrics.countLogin(event.what);
      recordAudit.login(event);
    },
  });
  const runId = crypto.randomUUID().slice(0, 8);
  const actions = createActionLog(Date.now);
  const stream = createApiStream(fleet, runId, { actions: actions.subscribe });
  const metrics = createMetrics({
    fleet,
    usage: stats.latest,
    streamReaders: stream.readers,
    actionsRunning: actions.running,
    historyOk: () => store.status().ok,
    now: Date.now,
  });
  const viewOf = createFleetViews(fleet);
  const who = createWho({ auth, viewOf, clientAddress });
  const latest = latestLines(store);
  const past = createRecentPast({ fleet, states: store.states, pause: () => Bun.sleep(0), now: Date.now });
  const readingPast = setTimeout(
    () => void past.load().catch((error) => log.warn(`Strips: ${messageOf(error)}`)),
    1_500,
  );
  const figures = createFiguresOf(past, stats.newest, Date.now);
  const notices = createNoticeLog(fleet, Date.now);
  const pages = { basePath, latest, figures, notices, historyProblem, logger: log };
  const live = createLiveViews((view) => createPagesLive({ fleet: view, ...pages }));
  const enterStreams = streamRoom(clientAddress);
  const scopeOf = (fleet: FleetView) => ({ fleet, live: live.of(fleet) });
  const assets = createAssets(basePath);

  const context = (request: Request): ViewContext => {
    const { name } = hub.configuration();
    return {
      fleetName: name,
      basePath,
      user: auth.account(request)?.name ?? null,
      authentication: auth.isRequired(),
      openToAll: !auth.isRequired() && !isLoopback(bind.hostname),
      readOnly: !permits(auth.account(request)?.role ?? null, "act"),
      admin: auth.isRequired() && permits(auth.account(request)?.role ?? null, "admin"),
      version: VERSION,
      historyProblem: historyProblem.now(),
    };
  };
  const app = createServer({
    hub,
    auth,
    store,
    stats,
    data: createApiData(() => hub.configuration().globals, runId),
    stream,
    enterStreams,
    actions,
    hosts: {
      ...{ front, client, machineName: hostname() },
      isLocalAndOpen: () => !auth.isRequired() && isLoopback(bind.hostname),
    },
    audit,
    recordAudit,
    reload: (request) => reload({ user: who(request).account.name, address: who(request).address }),
    metrics,
    who,
    assets,
    pages: {
      ...{ assets, context, basePath, latest, audit, login: auth.login },
      program: knownPrograms(fleet, hub.programs),
      past: readPast({ store, stats: statsAnswer(stats, store.stats), now: Date.now }),
      scope: (request) => scopeOf(who(request).view),
      enterStreams,
      history: (request, parameters) => visibleHistory(store, who(request), parameters),
      histogram: (request, parameters, span) => visibleHistogram(store, who(request), parameters, span),
      actOnProcess: (request, action, uid) => hub.processActions.perform(action, [uid], who(request)),
      actOnSupervisor: (request, action, name) => hub.supervisorActions.perform(action, [name], who(request)),
    },
    configurationFile: () => maskSecrets(readConfigurationText(configurationFile)),
    basePath,
    log,
  });
  const listening = listen(app, createDoor({ client, log, now: steadyMs }), bind, readHubTls(front().tls));
  const endWatch = watchOpenFiles(log);
  warnIfOpen(!auth.isRequired() && !isLoopback(bind.hostname), log);

  return {
    url: listening.url,
    reload() {
      try {
        reload({ user: null, address: "" });
      } catch (error) {
        log.error(`${messageOf(error)}; the configuration stays as it was`);
      }
    },
    async close() {
      endWatch();
      stream.close();
      metrics.close();
      live.close();
      notices.close();
      clearTimeout(readingPast);
      past.close();
      await listening.stop();
      await hub.close();
      stats.close();
      store.close();
      audit.close();
      letGo();
    },
  };
}

/** Milliseconds; for what must not stand still when the clock is put back. */
const steadyMs = () => performance.now();

function warnIfOpen(open: boolean, log: Logger): void {
  if (open) log.warn("Whoever reaches this address may stop processes: set username and password in [global]");
}
