import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Child, startChild } from "./child.ts";
import { historyPath } from "./history-path.ts";
import { hubConf } from "./hub-conf.ts";
import type { PlaceOptions } from "./place.ts";

/** Every page bears it: nobody is to take what was invented for what was. */
export const fleetName = (name: string, { pastDays }: PlaceOptions): string =>
  pastDays > 0 ? `${name}, invented past` : name;

type Named = { readonly name: string; readonly url: string };

/** @returns its path */
export function writeHubConf(name: string, supervisors: readonly Named[], dir: string): string {
  const conf = join(dir, "multivisor.conf");
  writeFileSync(conf, hubConf(name, supervisors));
  return conf;
}

export function startHub(
  name: string,
  supervisors: readonly Named[],
  { dir, bind, self, env, onChild }: PlaceOptions,
): Child {
  const conf = writeHubConf(name, supervisors, dir);
  const words = [...self, "hub", "-c", conf, "--bind", bind, "--db", historyPath(dir)];
  const hub = startChild("the hub", words, { env, cwd: dir, logfile: join(dir, "hub.log") });
  onChild(hub);
  return hub;
}
