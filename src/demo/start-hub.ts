import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Child, startChild } from "./child.ts";
import { hubConf } from "./hub-conf.ts";
import type { PlaceOptions } from "./place.ts";

export function startHub(
  name: string,
  agents: readonly { readonly name: string; readonly port: number }[],
  { dir, bind, self, env, onChild }: PlaceOptions,
): Child {
  const conf = join(dir, "multivisor.conf");
  writeFileSync(conf, hubConf(name, agents));
  const words = [...self, "hub", "-c", conf, "--bind", bind, "--db", join(dir, "history.sqlite")];
  const hub = startChild("the hub", words, { env, cwd: dir, logfile: join(dir, "hub.log") });
  onChild(hub);
  return hub;
}
