import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openJournal } from "../agent/journal.ts";
import { awaitLive } from "./await-live.ts";
import { type Child, startChild } from "./child.ts";
import { freePorts } from "./free-port.ts";
import { DEMO_HOSTS, type DemoHost } from "./hosts.ts";
import { historyPath } from "./history-path.ts";
import { pastOfDemoHost } from "./past/demo-hosts-past.ts";
import { writePast } from "./past/write-past.ts";
import type { PlaceOptions } from "./place.ts";
import { SCRIPTS, type ScriptName, scriptText } from "./scripts.ts";
import { fleetName, startHub } from "./start-hub.ts";
import { supervisordConf } from "./supervisord-conf.ts";

const START_TIMEOUT_MS = 30_000;

function writeScripts(binDir: string): void {
  mkdirSync(binDir, { recursive: true });
  for (const name of Object.keys(SCRIPTS) as ScriptName[]) {
    writeFileSync(join(binDir, name), scriptText(name));
    chmodSync(join(binDir, name), 0o755);
  }
}

const journalPath = (host: DemoHost, { dir }: PlaceOptions): string => join(dir, host.name, "multivisor-agent.sqlite");

/** Before anybody is there who remembers otherwise. */
async function inventPast(options: PlaceOptions): Promise<void> {
  const { pastDays: days, seed, dir, signal } = options;
  const hosts = DEMO_HOSTS.map((host) => {
    mkdirSync(join(dir, host.name), { recursive: true });
    return { host: pastOfDemoHost(host), journal: openJournal(journalPath(host, options)) };
  });
  try {
    await writePast({ days, seed, hosts, dbPath: historyPath(dir) }, signal);
  } finally {
    for (const { journal } of hosts) journal.close();
  }
}

function startSupervisord(host: DemoHost, port: number, supervisord: string, options: PlaceOptions): Child {
  const dir = join(options.dir, host.name);
  mkdirSync(join(dir, "log"), { recursive: true });
  const conf = join(dir, "supervisord.conf");
  const journal = journalPath(host, options);
  const agentCommand = [...options.self, "agent", "--bind", `127.0.0.1:${port}`, "--journal", journal];
  const user = process.getuid?.() === 0 ? "root" : undefined;
  writeFileSync(conf, supervisordConf(host, { dir, binDir: join(options.dir, "bin"), agentCommand, user }));
  const words = [supervisord, "--nodaemon", "--configuration", conf];
  const child = startChild(`supervisord of ${host.name}`, words, {
    env: options.env,
    cwd: dir,
    logfile: join(dir, "supervisord.out"),
  });
  options.onChild(child);
  return child;
}

/** Three supervisords with an agent in each, and the hub; returns when all is live. */
export async function startRealPlace(supervisord: string, options: PlaceOptions): Promise<void> {
  writeScripts(join(options.dir, "bin"));
  if (options.pastDays > 0) await inventPast(options);
  if (options.signal.aborted) return;
  const ports = await freePorts(DEMO_HOSTS.length);
  const agents = DEMO_HOSTS.map((host, i) => ({ name: host.name, url: `127.0.0.1:${ports[i] ?? 0}` }));
  const children = DEMO_HOSTS.map((host, i) => ({
    child: startSupervisord(host, ports[i] ?? 0, supervisord, options),
    logfile: join(options.dir, host.name, "supervisord.out"),
  }));
  const hub = { child: startHub(fleetName("demo", options), agents, options), logfile: join(options.dir, "hub.log") };
  await awaitLive(options.url, agents.length, {
    children: [...children, hub],
    timeoutMs: START_TIMEOUT_MS,
    signal: options.signal,
  });
}
