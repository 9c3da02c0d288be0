import { freePorts } from "../../src/demo/free-port.ts";
import { multivisor } from "../../test/support/executable.ts";
import { startHub, type TestHub } from "../../test/support/hub.ts";
import type { TestPlace } from "../../test/support/test-place.ts";
import { startFlakyProxy } from "../../test/support/xmlrpc-proxy.ts";
import { type Crowd, openCrowd } from "./crowd.ts";
import { createFalseClock, type FalseClock } from "./false-clock.ts";
import { type FaultHost, startFaultHost } from "./fault-host.ts";
import { type LinkProxy, startLinkProxy } from "./link-proxy.ts";
import { makeSeal } from "./seal.ts";
import { mountSmallDisk, type SmallDisk } from "./small-disk.ts";

type RpcProxy = Awaited<ReturnType<typeof startFlakyProxy>>;

/**
 * Three real hosts, a crowd of simulated ones, and two hubs.
 *
 *   alpha  its agent is reached without TLS; the hub has it twice, under two names
 *   beta   two agents on one supervisord; the hub reaches the first with token and TLS, the second without
 *   gamma  no agent: the hub asks supervisord by XML-RPC
 *   crowd  nine simulated ones, with agents, with XML-RPC alone, and with agents of Multivisor 6
 *
 * Each way from the hub goes through a proxy of ours. The second hub follows alpha directly, and nothing is done to it: what
 * happens to the first must not reach it.
 */
export type Stage = {
  readonly place: TestPlace;
  readonly alpha: FaultHost;
  readonly beta: FaultHost;
  readonly gamma: FaultHost;
  readonly crowd: Crowd;
  readonly hub: TestHub;
  readonly secondHub: TestHub;
  readonly links: { readonly alpha: LinkProxy; readonly beta: LinkProxy };
  /** between an agent, or a hub without one, and supervisord */
  readonly rpcs: { readonly alpha: RpcProxy; readonly gamma: RpcProxy };
  readonly clocks: { readonly alpha: FalseClock; readonly hub: FalseClock };
  readonly disks: { readonly hub: SmallDisk; readonly alpha: SmallDisk };
  /** epoch milliseconds: the beginning of alpha's journal, and that of all that the hub can still know of alpha */
  readonly lost: { journal: number; before: number };
  readonly db: string;
  readonly journal: string;
  /** until every link of both hubs stands */
  readonly allLive: () => Promise<void>;
};

/** How the hub names its supervisors, and whose they are. `exact`: events tell of every transition. */
export const MEMBERS = [
  { name: "alpha", host: "alpha", exact: true },
  { name: "alpha-again", host: "alpha", exact: true },
  { name: "beta", host: "beta", exact: true },
  { name: "beta-second", host: "beta", exact: true },
  { name: "gamma", host: "gamma", exact: false },
] as const;

const NAMES = MEMBERS.map(({ name }) => name);

const rpcServer = (port: number) => `[inet_http_server]\nport=127.0.0.1:${port}\n`;

const secondAgent = (place: TestPlace, port: number) => `
[eventlistener:multivisor2]
command=${multivisor("agent", "--bind", `127.0.0.1:${port}`, "--journal", place.path("beta2.sqlite")).join(" ")}
events=PROCESS_STATE,PROCESS_GROUP,SUPERVISOR_STATE_CHANGE,REMOTE_COMMUNICATION,TICK_5
buffer_size=16384
priority=-986
autorestart=true
startretries=1000000
startsecs=1
stdout_logfile=NONE
stderr_logfile=${place.path("beta2.log")}
`;

export async function openStage(place: TestPlace): Promise<Stage> {
  const [alphaRpc = 0, gammaRpc = 0, secondPort = 0] = await freePorts(3);
  const disks = { hub: mountSmallDisk(place, "hub-disk", 96), alpha: mountSmallDisk(place, "alpha-disk", 8) };
  const clocks = { alpha: createFalseClock(place, "alpha"), hub: createFalseClock(place, "hub") };
  const rpcs = { alpha: await startFlakyProxy(place, alphaRpc), gamma: await startFlakyProxy(place, gammaRpc) };
  const seal = await makeSeal(place);
  const journal = disks.alpha.path("journal.sqlite");
  const [alpha, beta, gamma] = await Promise.all([
    startFaultHost(place, {
      name: "alpha",
      sections: rpcServer(alphaRpc),
      journal,
      agentKeys: `environment=SUPERVISOR_SERVER_URL="http://127.0.0.1:${rpcs.alpha.port}"`,
      prefix: ["env", ...Object.entries(clocks.alpha.env).map(([key, value]) => `${key}=${value}`)],
    }),
    startFaultHost(place, { name: "beta", agentArgs: seal.agentArgs, sections: secondAgent(place, secondPort) }),
    startFaultHost(place, { name: "gamma", agent: false, sections: rpcServer(gammaRpc) }),
  ]);
  const links = {
    alpha: await startLinkProxy(place, alpha.agentPort),
    beta: await startLinkProxy(place, beta.agentPort),
  };
  const crowd = await openCrowd(place);
  const db = disks.hub.path("history.sqlite");
  const hub = await startHub(place, {
    supervisors: [
      { name: "alpha", agentPort: links.alpha.port },
      { name: "alpha-again", agentPort: links.alpha.port },
      { name: "beta", agentPort: links.beta.port, more: seal.hubKeys },
      { name: "beta-second", agentPort: secondPort },
      { name: "gamma", host: "http://127.0.0.1", agentPort: rpcs.gamma.port },
      ...crowd.members,
    ],
    db,
    env: clocks.hub.env,
  });
  const secondHub = await startHub(place, { supervisors: [alpha] });
  const allLive = async () => {
    await hub.live(...NAMES, ...crowd.members.map(({ name }) => name));
    await secondHub.live("alpha");
  };
  await allLive();
  const lost = { journal: 0, before: 0 };
  return {
    ...{ lost, place, alpha, beta, gamma, crowd, hub, secondHub, links, rpcs, clocks, disks, db, journal, allLive },
  };
}
