import { ownCommand } from "../../lib/own-command.ts";

export type Upgrade = {
  /** rejects with what kept it from being done, as SQLite said it */
  readonly done: Promise<void>;
  /** Gives it up; the database is then as it was. */
  readonly end: () => void;
};

/** What `multivisor hub upgrade-history` says of a failure: a code of SQLite or of the system, "" for none. */
export type UpgradeFailure = { readonly code: string; readonly message: string };

/** Brings an older database to the newest version in a process of its own, while this one does everything else. */
export function upgradeAside(path: string): Upgrade {
  const child = Bun.spawn([...ownCommand(), "hub", "upgrade-history", path], {
    ...{ argv0: "multivisor", env: {}, stdio: ["ignore", "pipe", "ignore"] },
  });
  return { done: outcomeOf(child), end: () => child.kill("SIGKILL") };
}

async function outcomeOf(child: Bun.Subprocess<"ignore", "pipe", "ignore">): Promise<void> {
  const said = await new Response(child.stdout).text();
  if ((await child.exited) === 0) return;
  const ended: UpgradeFailure = { code: "", message: "bringing it to the newest version was ended from outside" };
  const { code, message }: UpgradeFailure = said === "" ? ended : JSON.parse(said);
  throw Object.assign(new Error(message), { code });
}
