import { setDefaultTimeout } from "bun:test";
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DEMO_MARK, killAll, markedProcesses } from "../../src/demo/descendants.ts";

/** Above the deadlines of what is waited for, so that those say what did not come; the runner would kill all children. */
const TEST_TIMEOUT_MS = 60_000;

/** A temporary folder and all that was started in it. `close` ends it, whatever state it is in. */
export type TestPlace = {
  readonly dir: string;
  readonly path: (...names: string[]) => string;
  /** of everything that is started here: what carries the mark is killed at the end */
  readonly env: Record<string, string | undefined>;
  /** done in the reverse order at the end */
  readonly defer: (act: () => Promise<unknown> | unknown) => void;
  readonly close: () => Promise<void>;
};

export function openTestPlace(): TestPlace {
  setDefaultTimeout(TEST_TIMEOUT_MS);
  const dir = realpathSync(mkdtempSync(join(tmpdir(), "mvtest-")));
  const acts: (() => Promise<unknown> | unknown)[] = [];
  const wipe = () => {
    killAll(markedProcesses(dir));
    rmSync(dir, { recursive: true, force: true, maxRetries: 3 });
  };
  /** Of what was deferred, as much as is done without waiting. */
  const giveUp = () => {
    for (const act of acts.reverse()) {
      try {
        act();
      } catch {
        // the others have their turn
      }
    }
    wipe();
  };
  process.once("exit", giveUp); // also where the test runner gives up before afterAll
  const { SUPERVISOR_SERVER_URL, SUPERVISOR_ENABLED, ...env } = process.env;
  return {
    dir,
    path: (...names) => join(dir, ...names),
    env: { ...env, HOME: dir, [DEMO_MARK]: dir },
    defer: (act) => acts.push(act),
    async close() {
      for (const act of acts.reverse()) await Promise.resolve(act()).catch(() => {});
      wipe();
      process.removeListener("exit", giveUp);
    },
  };
}
