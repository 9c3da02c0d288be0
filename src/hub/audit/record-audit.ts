import { networkOf } from "../../lib/network-of.ts";
import type { LoginEvent } from "../auth/auth.ts";
import type { Refusal } from "../auth/guard.ts";
import type { RecordCommand } from "../history/command-record.ts";
import type { Audit } from "./audit.ts";

/** The same stranger at the same door is written down once in this time, with how often it came. */
const REFUSAL_MS = 60_000;
const MAX_REFUSALS = 1_000;

export type RecordAudit = {
  readonly login: (event: LoginEvent) => void;
  readonly refusal: (refusal: Refusal) => void;
  readonly reload: (by: { user: string | null; address: string }, error: string | null) => void;
  /** What `record` does, and a line here as it is asked and one with what became of it. */
  readonly commands: (record: RecordCommand) => RecordCommand;
};

/** @param now epoch ms */
export function createRecordAudit(deps: {
  readonly audit: Audit;
  readonly clientAddress: (request: Request) => string;
  readonly now: () => number;
}): RecordAudit {
  const { audit, clientAddress, now } = deps;
  const refusals = new Map<string, { count: number; sinceMs: number }>();

  /** @returns how often before, since it was last written; null: not now */
  function refusedBefore(key: string): number | null {
    const known = refusals.get(key);
    if (known !== undefined && now() - known.sinceMs < REFUSAL_MS) {
      known.count++;
      return null;
    }
    if (refusals.size >= MAX_REFUSALS) refusals.clear();
    refusals.set(key, { count: 0, sinceMs: now() });
    return known?.count ?? 0;
  }

  /** @param key the same key is the same stranger at the same door */
  function refuse(request: Request, user: string | null, why: string, key: string): void {
    const before = refusedBefore(key);
    if (before === null) return;
    const detail = before > 0 ? `${why}; ${before} more in between` : why;
    const about = { user, address: clientAddress(request), target: targetOf(request) };
    audit.add({ ...about, what: "refused", outcome: "refused", detail });
  }

  return {
    login({ what, request, user, detail }) {
      if (what === "login_refused") return refuse(request, user, detail, `login ${networkOf(clientAddress(request))}`);
      const outcome = what === "login_failed" ? "failed" : "ok";
      audit.add({ user, address: clientAddress(request), what, target: "", outcome, detail });
    },
    refusal({ request, account, status }) {
      const address = clientAddress(request);
      // Of strangers the network alone: else a thousand paths are a thousand lines.
      const about = account === null ? networkOf(address) : `${account.name} ${address} ${targetOf(request)}`;
      refuse(request, account?.name ?? null, String(status), `${status} ${about}`);
    },
    reload: (by, error) =>
      audit.add({ ...by, what: "reload", target: "", outcome: error === null ? "ok" : "failed", detail: error ?? "" }),
    commands: (record) => (command) => {
      const done = record(command);
      const { user, address } = command.actor;
      const target = command.patterns.join(",");
      const about = { user, address, target } as const;
      const words = command.detail === "" ? command.method : `${command.method} ${command.detail}`;
      audit.add({ ...about, what: "action", outcome: "asked", detail: words });
      return (outcomes) => {
        done(outcomes);
        const failures = outcomes.filter(({ ok }) => !ok);
        const [first] = failures;
        const counts = `${words}: ${outcomes.length - failures.length} of ${outcomes.length} done`;
        const detail =
          first === undefined ? counts : `${counts}; ${first.supervisor}:${first.process ?? ""} ${first.text}`;
        audit.add({ ...about, what: "outcome", outcome: first === undefined ? "ok" : "failed", detail });
      };
    },
  };
}

const targetOf = (request: Request): string => `${request.method} ${new URL(request.url).pathname}`;
