import { expect, test } from "bun:test";
import { matchesFilter, parseFilter } from "../domain/filter.ts";
import type { FleetProcess } from "../domain/process.ts";
import { PROCESS_STATE_NAMES } from "../domain/states.ts";
import { COUNTS } from "./count-strip.tsx";
import { fleetCounts } from "./fleet-counts.ts";
import { fleetProcess, fleetSupervisor } from "./fleet-fixture.ts";
import { hostTally } from "./host-tally.ts";
import { filterSubject } from "./process-look.ts";

test("each count of the bar leads to just as many processes, whatever they are in", () => {
  const ways: Partial<FleetProcess>[] = [{}, { tries: 2 }, { expected: true }, { expected: false }];
  const all = PROCESS_STATE_NAMES.flatMap((state, i) =>
    ways.map((way, n) => fleetProcess("lid001", "all", `p${i}-${n}`, { state, ...way })),
  );
  const away = fleetSupervisor("lid002", [fleetProcess("lid002", "all", "p")], { status: "connecting", sinceMs: 0 });
  const supervisors = new Map([fleetSupervisor("lid001", all), away].map((one) => [one.name, one] as const));
  const { byLook } = fleetCounts(supervisors, hostTally, 1);
  const subjects = [...supervisors.values()].flatMap((supervisor) =>
    [...supervisor.processes.values()].map((process) => filterSubject({ process, supervisor })),
  );
  const found = COUNTS.map(({ look, filter }) => {
    const parsed = parseFilter(filter);
    return [look, subjects.filter((subject) => matchesFilter(parsed, subject)).length] as const;
  });
  expect(Object.fromEntries(found)).toEqual({ ...byLook });
  expect(COUNTS.reduce((sum, { look }) => sum + byLook[look], 0)).toBe(subjects.length);
});
