import { type Namespec, nameOf, processUid } from "../../domain/names.ts";
import type { Actor, CommandRecord } from "../../hub/history/command-record.ts";
import type { Random } from "../random.ts";
import { pick } from "./chance.ts";
import type { FleetEvent } from "./fleet-events.ts";
import type { HostPast } from "./host-past.ts";
import type { Step } from "./life-of-process.ts";

/** Something that was asked of the hub, and when. */
export type AskedCommand = {
  readonly atMs: number;
  readonly command: Omit<CommandRecord, "actionId">;
  /** why it was not done; null: it was */
  readonly notDone: string | null;
};

/** Of one host, the steps that somebody asked the hub for. */
export type AskedOfHost = Pick<HostPast, "host" | "asked">;

/** Invented people, at addresses that are nobody's (RFC 5737). */
const PEOPLE: readonly [Actor, ...Actor[]] = [
  { user: "anna", address: "192.0.2.21" },
  { user: "marek", address: "192.0.2.34" },
  { user: "lucia", address: "198.51.100.7" },
];
const DEPLOY: Actor = { user: "deploy", address: "192.0.2.9" };

/** Somebody clicks, and supervisord does it. */
const CLICK_MS = 120;

/** What was asked for: one command for all that a roll-out concerns, else one for each process. In order of time. */
export function askedCommands(pasts: readonly AskedOfHost[], random: Random): AskedCommand[] {
  const asked = pasts.flatMap(({ host, asked: steps }) => steps.map((step) => ({ supervisor: host.name, step })));
  const ofEvents = Map.groupBy(asked, ({ step }) => (step.event?.kind === "rollout" ? step.event : null));
  const single = ofEvents.get(null) ?? [];
  return [
    ...single.map(({ supervisor, step }) => ofOne(supervisor, step, random)),
    ...[...ofEvents].flatMap(([event, targets]) => (event === null ? [] : [ofRollout(event, targets)])),
  ].sort((a, b) => a.atMs - b.atMs);
}

function ofOne(supervisor: string, { atMs: stepMs, process, move }: Step, random: Random): AskedCommand {
  const atMs = stepMs - CLICK_MS;
  const patterns = [processUid(supervisor, process.group, process.name)];
  const targets = [{ supervisor, atMs, processes: [nameOf(process)] }];
  const command = {
    actor: pick(random, PEOPLE),
    method: move.asked ?? "start",
    detail: "",
    patterns,
    targets,
  } as const;
  return { atMs, command, notDone: move.notDone ?? null };
}

type Target = { readonly supervisor: string; readonly step: Step };

function ofRollout({ atMs, group }: FleetEvent, asked: readonly Target[]): AskedCommand {
  const byHost = Map.groupBy(asked, ({ supervisor }) => supervisor);
  const targets = [...byHost].map(([supervisor, all]) => ({
    ...{ supervisor, atMs },
    processes: all.map(({ step }): Namespec => nameOf(step.process)),
  }));
  const command = { actor: DEPLOY, method: "restart", detail: "", patterns: [`*:${group}:*`], targets } as const;
  return { atMs, command, notDone: null };
}
