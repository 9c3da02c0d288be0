import { tickAges } from "./ages.ts";
import { startFilterCompletion } from "./filter-completion.ts";
import { startGroups } from "./groups.ts";
import { startHistory } from "./history.ts";
import { setHubClock } from "./hub-clock.ts";
import { startKeyboard } from "./keyboard.ts";
import { startFilterKey } from "./keys.ts";
import { showLocalTimes } from "./local-times.ts";
import { startLog } from "./log/start-log.ts";
import { startLogin, startLogout } from "./login.ts";
import { startManyMenu } from "./many-menu.ts";
import { startNotices } from "./notices.ts";
import { startPast, tellZone } from "./past.ts";
import { startProcesses } from "./processes.ts";
import { startRowClicks } from "./row-clicks.ts";
import { clearWords } from "./row-words.ts";
import { startSelection } from "./selection.ts";
import { startStream } from "./stream.ts";
import { showStreamState } from "./stream-state.ts";
import { startSupervisorActions } from "./supervisor-actions.ts";
import { startSupervisors } from "./supervisors.ts";
import { startThemeSwitch } from "./theme-switch.ts";
import { startTimeTitles } from "./time-titles.ts";
import { startTint } from "./tint.ts";
import { resumeTracked } from "./tracked-action.ts";

/** @returns what to do after each update of the page */
function startPage(page: string): () => void {
  switch (page) {
    case "groups": {
      startSelection();
      return startGroups();
    }
    case "processes":
      startSelection();
      startProcesses();
      return () => {};
    case "supervisors":
      startSupervisors();
      return tickAges;
    case "history":
      startHistory();
      return showLocalTimes;
    case "audit":
      startHistory(5_000);
      return showLocalTimes;
    case "process":
    case "log":
    case "main-log":
    case "supervisor": {
      startSelection();
      const tellLog = startLog();
      const drawPast = startPast();
      return () => {
        tellLog();
        drawPast();
        tickAges();
        showLocalTimes();
      };
    }
    default:
      return tickAges;
  }
}

/** All pages that follow the fleet. */
function startLive(page: string): void {
  setHubClock(Number(document.querySelector<HTMLElement>("main")?.dataset.now));
  const onUpdate = startPage(page);
  startFilterKey();
  startFilterCompletion();
  startKeyboard();
  startNotices();
  startRowClicks();
  startManyMenu();
  startSupervisorActions();
  showLocalTimes();
  startTimeTitles();
  startTint(clearWords);
  resumeTracked();
  const link = startStream(onUpdate, () => showStreamState(link));
  setInterval(() => {
    link.watch();
    showStreamState(link);
    // What is not vouched for does not grow older by the second.
    if (!document.hidden && link.state() !== "lost") tickAges();
  }, 1_000);
}

tellZone();
startThemeSwitch();
startLogin();
startLogout();
// htmx, in front of us, starts in a task of its own when scripts are deferred; ours comes after it, in order.
setTimeout(() => {
  const { page = "" } = document.documentElement.dataset;
  if (document.getElementById("stream") !== null) startLive(page);
});
