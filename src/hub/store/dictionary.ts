import { eq, sql } from "drizzle-orm";
import { type Namespec, namespec, type SupervisorName } from "../../domain/names.ts";
import type { HistoryDatabase } from "./open-database.ts";
import { epochs, processes, supervisors } from "./schema.ts";

export type KnownEpoch = { readonly id: number; readonly epoch: string; lastSeq: number };

export type KnownSupervisor = {
  readonly id: number;
  readonly name: SupervisorName;
  /** ids by namespec; `group:` is a group as a whole */
  readonly processes: Map<Namespec, number>;
  readonly epochs: Map<string, KnownEpoch>;
  /** the journal that was read last */
  latest: KnownEpoch | null;
  /** the newest time that its journals told of, host's clock; null: none */
  newestMs: number | null;
};

export type Place = { readonly supervisor: KnownSupervisor; readonly name: Namespec };

export type Dictionary = ReturnType<typeof loadDictionary>;

/** All names of the history with their numbers, in memory as in the tables. */
export function loadDictionary(db: HistoryDatabase) {
  const known = readAll(db);
  /** by number */
  const places: Place[] = [];
  for (const supervisor of known.values())
    for (const [name, id] of supervisor.processes) places[id] = { supervisor, name };
  const make = prepareInserts(db);

  function supervisor(name: SupervisorName): KnownSupervisor {
    const found = known.get(name);
    if (found !== undefined) return found;
    const id = idOf(make.supervisor.get({ name }));
    const made: KnownSupervisor = { id, name, processes: new Map(), epochs: new Map(), latest: null, newestMs: null };
    known.set(name, made);
    return made;
  }

  return {
    supervisors: known as ReadonlyMap<SupervisorName, KnownSupervisor>,
    /** Of processes and groups. */
    count: (): number => places.length,
    /** Where the process with this number is. */
    placeOf: (id: number): Place | undefined => places[id],
    /** It is made where there is none; so are the two below. */
    supervisor,
    process(owner: KnownSupervisor, group: string, name: string, onNew?: (id: number) => void): number {
      const key = namespec(group, name);
      const found = owner.processes.get(key);
      if (found !== undefined) return found;
      const id = idOf(make.process.get({ supervisorId: owner.id, group, name }));
      owner.processes.set(key, id);
      places[id] = { supervisor: owner, name: key };
      onNew?.(id);
      return id;
    },
    /** Becomes the latest. */
    epoch(owner: KnownSupervisor, epoch: string): KnownEpoch {
      if (owner.latest?.epoch === epoch) return owner.latest;
      const found = owner.epochs.get(epoch);
      const latest = found ?? { id: idOf(make.epoch.get({ supervisorId: owner.id, epoch })), epoch, lastSeq: 0 };
      owner.epochs.set(epoch, latest);
      owner.latest = latest;
      db.update(supervisors).set({ epochId: latest.id }).where(eq(supervisors.id, owner.id)).run();
      return latest;
    },
  };
}

const idOf = (row: { id: number } | undefined): number => {
  if (row === undefined) throw new Error("a row that was written has no id");
  return row.id;
};

function prepareInserts(db: HistoryDatabase) {
  const p = sql.placeholder;
  const supervisorId = p("supervisorId");
  return {
    supervisor: db
      .insert(supervisors)
      .values({ name: p("name") })
      .returning({ id: supervisors.id })
      .prepare(),
    process: db
      .insert(processes)
      .values({ supervisorId, group: p("group"), name: p("name") })
      .returning({ id: processes.id })
      .prepare(),
    epoch: db
      .insert(epochs)
      .values({ supervisorId, epoch: p("epoch"), lastSeq: 0 })
      .returning({ id: epochs.id })
      .prepare(),
  };
}

function readAll(db: HistoryDatabase): Map<SupervisorName, KnownSupervisor> {
  const byId = new Map<number, KnownSupervisor>();
  const latestId = new Map<number, number | null>();
  for (const { id, name, epochId, newestMs } of db.select().from(supervisors).all()) {
    byId.set(id, { id, name, processes: new Map(), epochs: new Map(), latest: null, newestMs });
    latestId.set(id, epochId);
  }
  for (const { id, supervisorId, group, name } of db.select().from(processes).all())
    byId.get(supervisorId)?.processes.set(namespec(group, name), id);
  for (const { id, supervisorId, epoch, lastSeq } of db.select().from(epochs).all()) {
    const owner = byId.get(supervisorId);
    const read = { id, epoch, lastSeq };
    owner?.epochs.set(epoch, read);
    if (owner !== undefined && latestId.get(supervisorId) === id) owner.latest = read;
  }
  return new Map([...byId.values()].map((supervisor) => [supervisor.name, supervisor]));
}
