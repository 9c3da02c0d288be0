import type { SupervisorName } from "../../domain/names.ts";
import type { HistoryLine } from "../../views/history-line.ts";
import { updateHappened, updateSupervisor } from "../../views/process-update.tsx";
import type { StripOf } from "../../views/supervisor-page.tsx";
import type { FleetView } from "../fleet-view.ts";
import { hostOfChange } from "./host-of-change.ts";
import { later } from "./later.ts";
import type { PageView } from "./page-stream.ts";

type Deps = {
  readonly fleet: FleetView;
  readonly basePath: string;
  readonly now: () => number;
  readonly counts: () => string;
  readonly lines: () => readonly HistoryLine[] | null;
  readonly stripOf: StripOf;
};

/** The page of one supervisor as its readers see it; of others only the counts. */
export function supervisorView(name: SupervisorName, { fleet, basePath, now, counts, lines, stripOf }: Deps): PageView {
  let end = () => {};
  let own = true;
  const all = (): string => {
    const supervisor = fleet.supervisors().get(name);
    if (supervisor === undefined) return counts();
    const known = lines();
    return [
      updateSupervisor(supervisor, stripOf, { nowMs: now(), basePath }),
      known === null ? "" : updateHappened(known, { nowMs: now(), basePath }, true),
      counts(),
    ].join("");
  };
  return {
    open(onChange) {
      const again = later(() => {
        own = true;
        onChange();
      });
      const unsubscribe = fleet.subscribe((change) => {
        const of = hostOfChange(change);
        if (of === null) return;
        if (of === name) {
          own = true;
          again.start();
        }
        onChange();
      });
      end = () => {
        unsubscribe();
        again.stop();
      };
    },
    close: () => end(),
    key: () => fleet.version(),
    full: all,
    update() {
      const mine = own;
      own = false;
      return mine ? all() : counts();
    },
  };
}
