import type { Fault } from "./fault.ts";
import { agentsKilled } from "./injected/agent-killed.ts";
import { clockSteps } from "./injected/clock-steps.ts";
import { crowdFaults } from "./injected/crowd-faults.ts";
import { fewFiles } from "./injected/few-files.ts";
import { historyFaults } from "./injected/history-faults.ts";
import { hubFrozen } from "./injected/hub-frozen.ts";
import { hubKilled } from "./injected/hub-killed.ts";
import { journalFaults } from "./injected/journal-faults.ts";
import { linkFaults } from "./injected/link-faults.ts";
import { logStorm } from "./injected/log-storm.ts";
import { otherProtocols } from "./injected/other-protocol.ts";
import { slowBrowsers } from "./injected/slow-browsers.ts";
import { supervisordAnswers } from "./injected/supervisord-answers.ts";
import { supervisordsKilled } from "./injected/supervisord-killed.ts";

/** A new one is written in a file of its own and named here. */
export const EVERY_FAULT: readonly Fault[] = [
  hubKilled,
  hubFrozen,
  ...agentsKilled,
  ...supervisordsKilled,
  ...linkFaults,
  ...otherProtocols,
  ...supervisordAnswers,
  ...historyFaults,
  ...journalFaults,
  ...clockSteps,
  ...crowdFaults,
  fewFiles,
  slowBrowsers,
  logStorm,
];
