import { MultivisorError } from "../../domain/errors.ts";
import type { Namespec, SupervisorName } from "../../domain/names.ts";
import type { KnownSupervisor } from "./dictionary.ts";
import type { OpenParts } from "./open-parts.ts";
import { stayWith } from "./stay-with.ts";
import type { Store } from "./store.ts";
import { storeFailure } from "./store-failure.ts";

type Reads = Pick<
  Store,
  "history" | "historyPages" | "histogram" | "summary" | "figures" | "timeline" | "stats" | "states" | "lastEvidence"
>;

/** What is asked of the history, of a file that may be gone at any time. */
export function createStoreReads(deps: {
  readonly path: string;
  /** With all that is written so far. @throws whatever SQLite says */
  readonly readable: () => OpenParts;
  readonly loadAccounts: () => Promise<void>;
  readonly lost: (error: unknown) => void;
}): Reads {
  const { path, readable, loadAccounts, lost } = deps;

  function read<T>(what: (open: OpenParts) => T): T {
    try {
      return what(readable());
    } catch (error) {
      if (error instanceof MultivisorError) throw error;
      lost(error);
      throw new MultivisorError("STORE_UNAVAILABLE", `Cannot read the history: ${storeFailure(error, path).reason}`);
    }
  }

  function readOr<T>(nothing: T, what: (open: OpenParts) => T): T {
    try {
      return what(readable());
    } catch (error) {
      lost(error);
      return nothing;
    }
  }

  /** Of a process that the history knows. */
  const ofProcess = <T>(
    nothing: T,
    [supervisor, process]: readonly [SupervisorName, Namespec],
    what: (open: OpenParts, id: number, owner: KnownSupervisor) => T,
  ): T =>
    readOr(nothing, (open) => {
      const owner = open.writer.dictionary().supervisors.get(supervisor);
      const id = owner?.processes.get(process);
      return owner === undefined || id === undefined ? nothing : what(open, id, owner);
    });

  return {
    history: (query) => read(({ reader }) => reader.page(query)),
    historyPages() {
      const stay = stayWith<OpenParts>(`the history ${path}`);
      return (query) => read((open) => stay(open).reader.page(query));
    },
    histogram: (query, span) => read(({ reader }) => reader.histogram(query, span)),
    async summary(query) {
      read(() => {});
      await loadAccounts();
      const { uptime } = read((open) => open);
      return uptime.summary(query, async () => {
        await Bun.sleep(0);
        read(() => {});
      });
    },
    figures: (filter, moments) => read(({ uptime }) => uptime.figures(filter, moments)),
    timeline: (query) => read(({ uptime }) => uptime.timeline(query)),
    stats: (supervisor, process, { fromMs, toMs }) =>
      ofProcess([], [supervisor, process], ({ writer }, id, owner) => writer.stats.of(owner, id, fromMs, toMs)),
    states: (fromMs, toMs) => readOr([], ({ states }) => states(fromMs, toMs)),
    lastEvidence: (supervisor, process) =>
      ofProcess(null, [supervisor, process], ({ evidence }, id) => evidence.lastOf(id)),
  };
}
