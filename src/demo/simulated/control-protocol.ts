/**
 * How a simulated fleet is driven: HTTP on 127.0.0.1, JSON in and out, errors {code, message} with 4xx.
 * GET without, POST with a body; `hosts` is a pattern of names (`sim00*`), default all.
 *
 *   GET  /v1/hosts       what there is: HostReport[]
 *   GET  /v1/processes?host=sim001   the truth of one host: {namespec, state, pid}[]
 *   GET  /v1/counts      {offered, transitions, events, dropped}: transitions made by rate and bursts, all that there were,
 *                        events that supervisords have numbered, and lost
 *   POST /v1/rate        {perS}            so many transitions a second from now on, 0: none
 *   POST /v1/burst       {count}           so many transitions as fast as they can be made -> {offered, tookMs}
 *   POST /v1/step        {process}         the next transition of each of these, now -> {atMs}
 *   POST /v1/kill        {process}         they die as by SIGKILL
 *   POST /v1/log         {process, channel, text}   written to their logs
 *   POST /v1/drop        {count}           so many of the next events are numbered and lost
 *   POST /v1/clock       {offsetMs}        the hosts' clocks, against this machine's
 *   POST /v1/cut  /v1/join      the network refuses all, ends what is open; and is back
 *   POST /v1/mute /v1/unmute    the network is silent, connections stay; and speaks
 *   POST /v1/freeze /v1/thaw    the host stands still, network and all; and goes on
 *   POST /v1/fall /v1/rise      the power fails; and is back
 *   POST /v1/restart            supervisord restarts itself
 *   POST /v1/restart-agent {forgets?}   the agent is killed and started again; forgets: its journal is lost
 */
import { type Static, Type } from "@sinclair/typebox";

const Hosts = { hosts: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })) };
/** a pattern of `group:name` */
const Process = { process: Type.String({ minLength: 1, maxLength: 200 }) };
const Count = { count: Type.Integer({ minimum: 0, maximum: 100_000_000 }) };
const strict = { additionalProperties: false };
const OnHosts = Type.Object(Hosts, strict);

export const REQUESTS = {
  rate: Type.Object({ ...Hosts, perS: Type.Number({ minimum: 0, maximum: 1_000_000 }) }, strict),
  burst: Type.Object({ ...Hosts, ...Count }, strict),
  step: Type.Object({ ...Hosts, ...Process }, strict),
  kill: Type.Object({ ...Hosts, ...Process }, strict),
  log: Type.Object(
    {
      ...{ ...Hosts, ...Process, text: Type.String({ maxLength: 1_000_000 }) },
      channel: Type.Union([Type.Literal("stdout"), Type.Literal("stderr")]),
    },
    strict,
  ),
  drop: Type.Object({ ...Hosts, ...Count }, strict),
  clock: Type.Object({ ...Hosts, offsetMs: Type.Integer({ minimum: -1e12, maximum: 1e12 }) }, strict),
  cut: OnHosts,
  join: OnHosts,
  mute: OnHosts,
  unmute: OnHosts,
  freeze: OnHosts,
  thaw: OnHosts,
  fall: OnHosts,
  rise: OnHosts,
  restart: OnHosts,
  "restart-agent": Type.Object({ ...Hosts, forgets: Type.Optional(Type.Boolean()) }, strict),
};
export type Verb = keyof typeof REQUESTS;
export type ControlRequest<V extends Verb> = Static<(typeof REQUESTS)[V]>;

export type HostReport = {
  readonly name: string;
  readonly link: string;
  readonly url: string;
  /** up, cut, mute, frozen, down */
  readonly standing: string;
  /** of supervisord; null while it is down */
  readonly pid: number | null;
  readonly processes: number;
  /** numbered by supervisord for its agent, and lost of these */
  readonly events: number;
  readonly dropped: number;
  readonly clockOffsetMs: number;
};
export type Truth = { readonly namespec: string; readonly state: string; readonly pid: number };
export type Counts = {
  readonly offered: number;
  readonly transitions: number;
  readonly events: number;
  readonly dropped: number;
};

/** What each verb answers, beside the names of the hosts that it was done on. */
export type ControlAnswer = {
  readonly hosts: readonly string[];
  /** burst */
  readonly offered?: number;
  readonly tookMs?: number;
  /** step: epoch ms with fractions, just before */
  readonly atMs?: number;
};
