import { closeSync, existsSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { freePort } from "../../src/demo/free-port.ts";
import { multivisor } from "./executable.ts";
import type { TestPlace } from "./test-place.ts";
import { waitFor } from "./wait-for.ts";

export type WireProcess = {
  uid: string;
  full_name: string;
  group: string;
  name: string;
  supervisor: string;
  host: string;
  state: number;
  statename: string;
  running: boolean;
  pid: number;
  start: number;
  stop: number;
  now: number;
  exitstatus: number;
  spawnerr: string;
  description: string;
  logfile: string;
  stdout_logfile: string;
  stderr_logfile: string;
};
export type WireSupervisor = {
  name: string;
  running: boolean;
  pid: number | null;
  processes: Record<string, WireProcess>;
};
export type WireData = { name: string; supervisors: Record<string, WireSupervisor> };

export type TestHub = {
  readonly url: string;
  readonly port: number;
  readonly conf: string;
  readonly pid: () => number;
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
  readonly kill9: () => Promise<void>;
  readonly rewrite: (text: string) => void;
  readonly get: (path: string, init?: RequestInit) => Promise<Response>;
  readonly json: <T>(path: string) => Promise<T>;
  /** a form, as the old pages sent it */
  readonly post: (path: string, form?: Record<string, string>, headers?: Record<string, string>) => Promise<Response>;
  readonly data: () => Promise<WireData>;
  readonly process: (uid: string) => Promise<WireProcess | undefined>;
  /** until these supervisors are live */
  readonly live: (...names: string[]) => Promise<void>;
  /** of all its runs */
  readonly log: () => string;
};

/** `more`: further keys of its section; `host`: where that is not 127.0.0.1 */
export type HubMember = { readonly name: string; readonly more?: string } & (
  | { readonly agentPort: number; readonly host?: string }
  | { readonly url: string }
);

const urlOf = (member: HubMember): string =>
  "url" in member ? member.url : `${member.host ?? "127.0.0.1"}:${member.agentPort}`;

export type HubOptions = {
  readonly supervisors: readonly HubMember[];
  /** further keys of [global] */
  readonly global?: string;
  readonly args?: readonly string[];
  /** a path in front of everything, as `/supervisors`; it is part of the hub's url then */
  readonly basePath?: string;
  readonly command?: (...args: string[]) => string[];
  readonly env?: Record<string, string>;
  /** of the history; default: beside the configuration */
  readonly db?: string;
};

export const hubConfText = ({ supervisors, global = "" }: HubOptions): string =>
  `[global]\nname=test place\n${global}\n${supervisors
    .map((member) => `\n[supervisor:${member.name}]\nurl=${urlOf(member)}\n${member.more ?? ""}\n`)
    .join("")}`;

let hubs = 0;

/** A hub on a free port with a database of its own; returns when it answers. */
export async function startHub(place: TestPlace, options: HubOptions): Promise<TestHub> {
  const id = `hub${++hubs}`;
  const port = await freePort();
  const { basePath = "" } = options;
  const url = `http://127.0.0.1:${port}${basePath}`;
  const conf = place.path(`${id}.conf`);
  const logfile = place.path(`${id}.log`);
  writeFileSync(conf, hubConfText(options));
  const words = (options.command ?? multivisor)(
    ...[
      "hub",
      "-c",
      conf,
      "--bind",
      `127.0.0.1:${port}`,
      "--db",
      options.db ?? place.path(`${id}.sqlite`),
      ...(basePath === "" ? [] : ["--base-path", basePath]),
      ...(options.args ?? []),
    ],
  );
  let running: Bun.Subprocess | null = null;
  const log = () => (existsSync(logfile) ? readFileSync(logfile, "utf8") : "");
  const start = async () => {
    const file = openSync(logfile, "a");
    const env = { ...place.env, ...options.env };
    const proc = Bun.spawn(words, { cwd: place.dir, env, stdin: "ignore", stdout: file, stderr: file });
    closeSync(file);
    running = proc;
    await waitFor("the hub to answer", async () => {
      if (proc.exitCode !== null) throw new Error(`the hub ended: ${log()}`);
      return [200, 401].includes((await fetch(`${url}/api/data`)).status);
    });
  };
  const end = async (signal: NodeJS.Signals) => {
    running?.kill(signal);
    await running?.exited;
    running = null;
  };
  place.defer(() => end("SIGKILL"));
  await start();
  const get = (path: string, init?: RequestInit) => fetch(url + path, init);
  const json = async <T>(path: string) => (await (await get(path)).json()) as T;
  const data = () => json<WireData>("/api/data");
  return {
    ...{ url, port, conf, start, get, json, data, log },
    pid: () => running?.pid ?? 0,
    stop: () => end("SIGTERM"),
    kill9: () => end("SIGKILL"),
    rewrite: (text) => writeFileSync(conf, text),
    post: (path, form = {}, headers = {}) =>
      fetch(url + path, { method: "POST", body: new URLSearchParams(form), headers, redirect: "manual" }),
    process: async (uid) => {
      const { supervisors } = await data();
      return Object.values(supervisors)
        .flatMap((s) => Object.values(s.processes))
        .find((p) => p.uid === uid);
    },
    async live(...names) {
      await waitFor(
        () => `${names.join(", ")} to be live: ${log().split("\n").slice(-5).join("\n")}`,
        async () => {
          const { supervisors } = await data();
          return names.every((name) => supervisors[name]?.running);
        },
        20_000,
      );
    },
  };
}
