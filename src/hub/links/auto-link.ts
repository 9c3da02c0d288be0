import { MultivisorError } from "../../domain/errors.ts";
import type { SupervisorName } from "../../domain/names.ts";
import { aborted } from "../../lib/aborted.ts";
import { backoffMs } from "../../lib/backoff.ts";
import type { Logger } from "../../lib/logger.ts";
import { sleep } from "../../lib/sleep.ts";
import type { Call } from "../../protocol/agent.ts";
import { reasonOf } from "../../lib/network-reason.ts";
import type { LinkReport } from "../fleet.ts";
import type { PeerKind } from "./detect-peer.ts";
import type { Link } from "./link.ts";

export type AutoLinkDeps = {
  readonly name: SupervisorName;
  readonly report: LinkReport;
  readonly log: Logger;
  readonly nowMs: () => number;
  readonly make: Readonly<Record<PeerKind, (report: LinkReport) => Link>>;
  /** @throws why nobody can be reached */
  readonly detect: () => Promise<PeerKind>;
};

type Inner = { readonly kind: PeerKind; readonly link: Link; readonly stop: () => void; readonly ended: Promise<void> };

const LONGEST_WAIT_MS = 3_000;

/**
 * Finds out what is behind `host:port`: an agent of ours, or one of Multivisor 6. Remembers, and looks again while the host
 * is down: it may be one that is just being moved from the one to the other.
 */
export function createAutoLink({ name, report, log, nowMs, make, detect }: AutoLinkDeps): Link {
  let inner: Inner | null = null;
  let isUp = false;
  let down = "not connected yet";
  let wake = new AbortController();

  function begin(kind: PeerKind): Inner {
    const controller = new AbortController();
    const own: LinkReport = {
      ...report,
      link(state) {
        isUp = state.status !== "down";
        if (!isUp) wake.abort();
        report.link(state);
      },
    };
    isUp = true;
    const link = make[kind](own);
    return { kind, link, stop: () => controller.abort(), ended: link.run(controller.signal) };
  }

  async function use(kind: PeerKind): Promise<void> {
    if (inner?.kind === kind) return;
    log.info(`${name}: ${kind === "agent" ? "an agent of multivisor 7" : "an agent of multivisor 6"}`);
    const before = inner;
    inner = null;
    before?.stop();
    await before?.ended;
    report.kind(kind);
    inner = begin(kind);
  }

  /** Down before anything was found out; once it has been, the link in use says why it is down. */
  function onNobody(error: unknown): void {
    const reason = reasonOf(error);
    if (inner !== null || reason === down) return;
    down = reason;
    log.warn(`${name}: down: ${reason}`);
    report.link({ status: "down", sinceMs: nowMs(), reason });
  }

  const current = (): Link => {
    if (inner !== null) return inner.link;
    throw new MultivisorError("HOST_UNREACHABLE", `${name} is down: ${down}`);
  };

  return {
    logs: () => inner?.link.logs?.(),
    async run(signal) {
      const stop = () => wake.abort();
      signal.addEventListener("abort", stop, { once: true });
      report.link({ status: "connecting", sinceMs: nowMs() });
      const ended = aborted(signal);
      for (let attempts = 1; !signal.aborted; attempts++) {
        const kind = await Promise.race([detect().catch(onNobody), ended]);
        if (signal.aborted) break;
        if (kind != null) await use(kind);
        wake = new AbortController();
        if (isUp) attempts = 0;
        // While it is up there is nothing to find out.
        if (isUp) await sleep(2 ** 31 - 1, wake.signal);
        if (!signal.aborted) await sleep(backoffMs(Math.max(1, attempts), { maxMs: LONGEST_WAIT_MS }), signal);
      }
      inner?.stop();
      await inner?.ended;
    },
    command: async (calls: readonly Call[]) => current().command(calls),
    refresh: async (signal) => current().refresh(signal),
  };
}
