import { MultivisorError, messageOf } from "../../domain/errors.ts";
import { backoffMs } from "../../lib/backoff.ts";
import { sleep } from "../../lib/sleep.ts";
import type { HubData, HubNotification, HubProcess, HubSupervisor } from "../../protocol/hub.ts";
import type { HubActionChanged } from "../../protocol/hub-action.ts";
import type { HubClient } from "../../protocol/hub-client.ts";
import { asAction, asNotification, asProcess, asSupervisor, type HubEvent } from "../../protocol/hub-stream.ts";

export type FleetNews =
  /** all anew: the first data, or those after the connection was lost */
  | { readonly kind: "data" }
  | { readonly kind: "process"; readonly process: HubProcess }
  | { readonly kind: "supervisor"; readonly name: string }
  | { readonly kind: "notification"; readonly notification: HubNotification }
  /** something that was asked for has begun, or is over */
  | { readonly kind: "action"; readonly id: string; readonly isOver: boolean }
  | { readonly kind: "connected" }
  | { readonly kind: "lost"; readonly error: unknown };

export type LiveFleet = {
  readonly name: () => string;
  /** as the hub told last; empty before the first answer */
  readonly supervisors: () => ReadonlyMap<string, HubSupervisor>;
  readonly process: (uid: string) => HubProcess | undefined;
  readonly isConnected: () => boolean;
  readonly subscribe: (listener: (news: FleetNews) => void) => () => void;
  /** Follows the hub until `signal` is aborted: comes back by itself when the hub does. */
  readonly run: (signal: AbortSignal) => Promise<void>;
};

/** The fleet as the hub shows it, live. The stream is open before the data are asked for: nothing falls between. */
export function createLiveFleet(hub: HubClient): LiveFleet {
  const listeners = new Set<(news: FleetNews) => void>();
  let name = "";
  let supervisors = new Map<string, HubSupervisor>();
  let connected = false;
  const tell = (news: FleetNews) => {
    for (const listener of [...listeners]) listener(news);
  };
  const setData = (data: HubData) => {
    name = data.name;
    supervisors = new Map(Object.entries(data.supervisors));
  };

  const setProcess = (process: HubProcess | null) => {
    const owner = process === null ? undefined : supervisors.get(process.supervisor);
    if (process === null || owner === undefined) return;
    owner.processes[process.uid] = process;
    tell({ kind: "process", process });
  };
  const setSupervisor = (supervisor: HubSupervisor | null) => {
    if (supervisor === null) return;
    supervisors.set(supervisor.name, supervisor);
    tell({ kind: "supervisor", name: supervisor.name });
  };
  const removed = (payload: { name?: unknown } | null) => {
    const gone = String(payload?.name ?? "");
    if (supervisors.delete(gone)) tell({ kind: "supervisor", name: gone });
  };
  const tellNotification = (notification: HubNotification | null) => {
    if (notification !== null) tell({ kind: "notification", notification });
  };
  const tellAction = (action: HubActionChanged | null) => {
    if (action !== null) tell({ kind: "action", id: action.id, isOver: action.status !== "running" });
  };
  const apply = ({ event, payload }: HubEvent) => {
    if (event === "process_changed" || event === "process_details") setProcess(asProcess(payload));
    else if (event === "supervisor_changed") setSupervisor(asSupervisor(payload));
    else if (event === "supervisor_removed") removed(payload as { name?: unknown } | null);
    else if (event === "notification") tellNotification(asNotification(payload));
    else if (event === "action_changed") tellAction(asAction(payload));
  };

  async function once(signal: AbortSignal): Promise<void> {
    const scope = new AbortController();
    const both = AbortSignal.any([signal, scope.signal]);
    let early: HubEvent[] | null = [];
    let failure: unknown = null;
    const load = async () => {
      setData((await hub.data(both)).answer);
      const queued = early ?? [];
      early = null;
      connected = true;
      tell({ kind: "data" });
      tell({ kind: "connected" });
      queued.forEach(apply);
    };
    const onOpen = () =>
      void load().catch((error) => {
        failure = error;
        scope.abort(error);
      });
    try {
      for await (const event of hub.stream(both, onOpen)) early === null ? apply(event) : early.push(event);
      throw new MultivisorError("HOST_UNREACHABLE", `${hub.base} ended the connection`);
    } catch (error) {
      throw failure ?? error;
    } finally {
      connected = false;
      scope.abort();
    }
  }

  return {
    name: () => name,
    supervisors: () => supervisors,
    process: (uid) => findProcess(supervisors, uid),
    isConnected: () => connected,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async run(signal) {
      for (let failures = 1; !signal.aborted; failures++) {
        const began = Date.now();
        const problem = await once(signal).catch((error: unknown) => error);
        if (signal.aborted) return;
        tell({ kind: "lost", error: problem ?? messageOf(problem) });
        if (Date.now() - began > 10_000) failures = 1;
        await sleep(backoffMs(failures, { maxMs: 2_000 }), signal);
      }
    },
  };
}

function findProcess(supervisors: ReadonlyMap<string, HubSupervisor>, uid: string): HubProcess | undefined {
  for (let at = uid.indexOf(":"); at > 0; at = uid.indexOf(":", at + 1)) {
    const process = supervisors.get(uid.slice(0, at))?.processes[uid];
    if (process !== undefined) return process;
  }
  return undefined;
}
