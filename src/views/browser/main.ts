import { startAgeTitles, tickAges } from "./ages.ts";
import { startFilterBox } from "./filter-box.ts";
import { setHubClock } from "./hub-clock.ts";
import { startLogin, startLogout } from "./login.ts";
import { startRowClicks } from "./row-clicks.ts";
import { clearWords } from "./run-action.ts";
import { showSelection, startSelection } from "./selection.ts";
import { startStream } from "./stream.ts";
import { showStreamState } from "./stream-state.ts";
import { startThemeSwitch } from "./theme-switch.ts";
import { startTint } from "./tint.ts";

function startGroups(): void {
  setHubClock(Number(document.querySelector<HTMLElement>("main")?.dataset.now));
  startSelection();
  const filter = startFilterBox(showSelection);
  startRowClicks();
  startAgeTitles();
  startTint(clearWords);
  const link = startStream(
    () => {
      filter.apply();
      tickAges();
    },
    () => showStreamState(link),
  );
  setInterval(() => {
    link.watch();
    showStreamState(link);
    // What is not vouched for does not grow older by the second.
    if (!document.hidden && link.state() !== "lost") tickAges();
  }, 1_000);
}

startThemeSwitch();
startLogin();
startLogout();
// htmx, in front of us, starts in a task of its own when scripts are deferred; ours comes after it, in order.
setTimeout(() => {
  if (document.documentElement.dataset.page === "groups") startGroups();
});
