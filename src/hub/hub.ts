import { messageOf } from "../domain/errors.ts";
import type { Logger } from "../lib/logger.ts";
import type { Failure } from "../protocol/agent.ts";
import { createProcessActions, type ProcessActions } from "./actions/process-actions.ts";
import { createSupervisorActions, type SupervisorActions } from "./actions/supervisor-actions.ts";
import type { Configuration, SupervisorConfiguration } from "./configuration/configuration.ts";
import type { ReadConfiguration } from "./configuration/read-configuration.ts";
import { createFleet, type Fleet, type LastDeath, type OnResources } from "./fleet.ts";
import type { RecordCommand } from "./history/command-record.ts";
import { type RecordLink, recordLinks } from "./history/record-links.ts";
import type { LinkLogs } from "./links/link-logs.ts";
import { createLinkSet } from "./links/link-set.ts";
import { linkKind, makeLink } from "./links/make-link.ts";
import { type ReadPrograms, readPrograms } from "./read-programs.ts";
import { createRefresh, type Refresh } from "./refresh.ts";
import type { HistoryWriter } from "./store/store.ts";

/** All supervisors of one configuration: connected, known, and to be acted on. Speaks to no browser. */
export type Hub = {
  readonly fleet: Fleet;
  readonly processActions: ProcessActions;
  readonly supervisorActions: SupervisorActions;
  readonly refresh: Refresh;
  readonly programs: ReadPrograms;
  /** undefined where the link of this supervisor cannot read logs, or there is none */
  readonly logs: (supervisor: string) => LinkLogs | undefined;
  readonly configuration: () => Configuration;
  /** Rereads the configuration and applies what changed. @throws MultivisorError BAD_CONFIG, and changes nothing */
  readonly reload: () => void;
  /** Every link reads again from where the history ends. */
  readonly replay: () => void;
  readonly close: () => Promise<void>;
};

export function createHub(deps: {
  /** @throws MultivisorError BAD_CONFIG */
  readonly readConfiguration: () => ReadConfiguration;
  readonly history: HistoryWriter;
  /** where it is written down who asked for what, and when links come and go */
  readonly recordCommand?: RecordCommand;
  readonly recordLink?: RecordLink;
  readonly lastDeath?: LastDeath | undefined;
  readonly onResources?: OnResources | undefined;
  readonly log: Logger;
  readonly nowMs: () => number;
}): Hub {
  const { history, log, nowMs } = deps;
  let configuration = readAndWarn();
  const { lastDeath, onResources } = deps;
  const fleet = createFleet({ nowMs, hidesAgents: () => configuration.hideAgents, lastDeath, onResources });
  const recorder = deps.recordCommand === undefined ? {} : { record: deps.recordCommand };
  if (deps.recordLink !== undefined) recordLinks(fleet, deps.recordLink);
  const link = (name: string) => links.get(name);
  const processActions = createProcessActions({ fleet, link, nowMs, ...recorder });
  const supervisorActions = createSupervisorActions({ fleet, link, nowMs, ...recorder });
  const failed = (supervisor: string, failure: Failure) =>
    supervisorActions.failed(supervisor, failure) || processActions.failed(supervisor, failure);
  const links = createLinkSet<SupervisorConfiguration>((member) =>
    makeLink({ fleet, history, log, nowMs, failed }, member),
  );

  function readAndWarn(): Configuration {
    const read = deps.readConfiguration();
    for (const warning of read.warnings) log.warn(warning);
    return read.configuration;
  }

  function apply(): void {
    fleet.configure(
      configuration.supervisors.map(({ name, url, host, address }) => ({
        name,
        url,
        host,
        linkKind: linkKind(address),
      })),
    );
    links.apply(configuration.supervisors);
  }

  apply();
  return {
    fleet,
    processActions,
    supervisorActions,
    refresh: createRefresh({ fleet, link, log }),
    programs: readPrograms(link),
    logs: (supervisor) => link(supervisor)?.logs?.(),
    configuration: () => configuration,
    reload() {
      const before = configuration;
      configuration = readAndWarn();
      apply();
      // Whether agents are shown is decided when processes are listed.
      if (before.hideAgents !== configuration.hideAgents) links.restart();
      log.info(`Configuration reread: ${configuration.supervisors.length} supervisors`);
    },
    replay: links.restart,
    async close() {
      await links.close().catch((error) => log.warn(`Closing the links: ${messageOf(error)}`));
    },
  };
}
