import type { Figures, HistoryBucket } from "../../domain/figures.ts";
import type { Gap, JournalEntry, Unnumbered } from "../../domain/journal-entry.ts";
import type { Namespec, SupervisorName } from "../../domain/names.ts";
import type { Cursor } from "../../protocol/agent.ts";
import type { HistoryPage } from "../../protocol/hub.ts";
import type { RecordCommand } from "../history/command-record.ts";
import type { RecordLink } from "../history/record-links.ts";
import type { Slot } from "../stats/five-minutes.ts";
import type { KeptEvidence } from "./evidence-rows.ts";
import type { HistogramSpan } from "./histogram.ts";
import type { HistoryQuery } from "./history-query.ts";
import type { NameFilter } from "./name-filter.ts";
import type { EnteredState } from "./recent-states.ts";
import type { KeptFigures } from "./stats-rows.ts";
import type { SummaryQuery, SummaryRow, Timeline, TimelineQuery } from "./uptime-reader.ts";

/** What the links need of the history. */
export type HistoryWriter = {
  /**
   * Takes entries of one journal, in order. They are written soon, together with the cursor, in one transaction; what the
   * cursor already covers is passed over, so the same entries may come again.
   */
  readonly append: (supervisor: SupervisorName, epoch: string, entries: readonly JournalEntry[]) => void;
  /**
   * Where a reader of this supervisor's journal goes on, asked at the beginning of each stream: the last entry taken of
   * the latest journal, written or about to be; null: none ever.
   */
  readonly cursor: (supervisor: SupervisorName) => Cursor | null;
  /** The time of the newest entry taken of this supervisor, by its host's clock; null: none, or not to be known now. */
  readonly lastKnownMs: (supervisor: SupervisorName) => number | null;
};

export type StoreStatus = { readonly ok: true } | { readonly ok: false; readonly reason: string };

/** Logins that were ended before their time. */
export type EndedSessions = {
  readonly has: (id: string) => boolean;
  /** @param expiresMs epoch ms; afterwards it need not be remembered */
  readonly add: (id: string, expiresMs: number) => void;
};

/** The history, and what else the hub keeps. Whatever happens to the file, only `history` ever throws. */
export type Store = HistoryWriter & {
  /** What the hub itself found to be unknown and no journal tells; the same gap may come again. */
  readonly appendGap: (supervisor: SupervisorName, gap: Unnumbered<Gap>) => void;
  /** What somebody asks for, before it is sent, so that what follows from it can be laid to them. */
  readonly recordCommand: RecordCommand;
  readonly recordLink: RecordLink;
  /** @throws MultivisorError STORE_UNAVAILABLE */
  readonly history: (query: HistoryQuery) => HistoryPage;
  /** For several pages that belong together. @returns reads one; throws as `history`, and where the file is no longer that of the first */
  readonly historyPages: () => (query: HistoryQuery) => HistoryPage;
  /** How much of it happened when. @throws as `history` */
  readonly histogram: (query: HistoryQuery, span: HistogramSpan) => HistoryBucket[];
  /** @throws MultivisorError STORE_UNAVAILABLE */
  readonly summary: (query: SummaryQuery) => Promise<SummaryRow[]>;
  /** Of the processes that are meant together, for each time between two moments. @throws as `summary` */
  readonly figures: (filter: NameFilter, moments: readonly number[]) => Figures[];
  /** @returns null where there is no such process. @throws as `summary` */
  readonly timeline: (query: TimelineQuery) => Timeline | null;
  /** The states that all processes entered, oldest first; empty also where it cannot be read now. */
  readonly states: (fromMs: number, toMs: number) => readonly EnteredState[];
  /** Of the last death of a process of which something is known; null also where that cannot be read now. */
  readonly lastEvidence: (supervisor: SupervisorName, process: Namespec) => KeptEvidence | null;
  /** What the processes of a supervisor used in five minutes. */
  readonly putStats: (supervisor: SupervisorName, slot: Slot) => void;
  /** Oldest first; empty also where it cannot be read now. Times are the host's clock. */
  readonly stats: (
    supervisor: SupervisorName,
    process: Namespec,
    span: { readonly fromMs: number; readonly toMs: number },
  ) => readonly KeptFigures[];
  /** Does at once what is done in small steps otherwise: accounts come into memory, what is too old goes. */
  readonly warm: () => Promise<void>;
  readonly endedSessions: EndedSessions;
  readonly status: () => StoreStatus;
  /** Writes what waits, now. @returns whether all of it was written */
  readonly flush: () => boolean;
  /** Writes what waits, where it can. */
  readonly close: () => void;
};
