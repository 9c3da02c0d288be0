import { Database } from "bun:sqlite";

const VERSION = 2;

/**
 * `entries`: the journal. `meta`: one row, what the next run of the agent must know. `processes`: the last transition of
 * each process, so that a start needs no reading of the journal and forgetting old entries loses no current state.
 */
const SCHEMA = `
CREATE TABLE entries (seq INTEGER PRIMARY KEY, at_ms INTEGER NOT NULL, body TEXT NOT NULL);
CREATE TABLE meta (
  id INTEGER PRIMARY KEY CHECK (id = 1), epoch TEXT NOT NULL, newest_seq INTEGER NOT NULL,
  alive_ms INTEGER, serial INTEGER, poolserial INTEGER, supervisord_pid INTEGER,
  stopping INTEGER NOT NULL, clean_stop INTEGER NOT NULL, boot_id TEXT, supervisord_start INTEGER);
CREATE TABLE processes (
  namespec TEXT PRIMARY KEY, seq INTEGER NOT NULL, body TEXT NOT NULL) WITHOUT ROWID;
`;

/**
 * @param path of the file, or ":memory:"
 * @throws whatever SQLite says of a file that is damaged or none of ours
 */
export function openDatabase(path: string, newEpoch: () => string): Database {
  const db = new Database(path, { create: true, strict: true });
  try {
    prepare(db, newEpoch);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function prepare(db: Database, newEpoch: () => string): void {
  db.run("PRAGMA busy_timeout = 3000"); // an old agent may be on its way out
  db.run("PRAGMA locking_mode = EXCLUSIVE"); // two writers would give the same numbers to different entries
  const version = readVersion(db);
  if (version === 0) db.run("PRAGMA auto_vacuum = INCREMENTAL"); // only before the first table
  db.run("PRAGMA journal_mode = WAL");
  db.run("PRAGMA synchronous = NORMAL"); // survives any death of ours; only a power cut may take the last moments
  db.run("PRAGMA cache_size = -256");
  db.run("PRAGMA temp_store = MEMORY");
  db.run("PRAGMA journal_size_limit = 1048576");
  if (version === 0) create(db, newEpoch());
  else if (version === 1) addStart(db);
  else if (version !== VERSION) throw new Error(`journal of version ${version}, this agent reads ${VERSION}`);
  else check(db);
}

function readVersion(db: Database): number {
  return db.query<{ user_version: number }, []>("PRAGMA user_version").get()?.user_version ?? 0;
}

function create(db: Database, epoch: string): void {
  db.transaction(() => {
    for (const statement of SCHEMA.split(";\n")) if (statement.trim() !== "") db.run(statement);
    db.run("INSERT INTO meta VALUES (1, ?, 0, NULL, NULL, NULL, NULL, 0, 0, NULL, NULL)", [epoch]);
    db.run(`PRAGMA user_version = ${VERSION}`);
  })();
}

/** Version 1 told one supervisord from another by its process id alone. */
function addStart(db: Database): void {
  db.transaction(() => {
    db.run("ALTER TABLE meta ADD COLUMN supervisord_start INTEGER");
    db.run(`PRAGMA user_version = ${VERSION}`);
  })();
  check(db);
}

/** Not the whole file, that would take long: what the next steps need, and that the newest pages can be read. */
function check(db: Database): void {
  const meta = db.query("SELECT epoch, newest_seq FROM meta").get();
  if (meta === null) throw new Error("journal without its meta row");
  db.query("SELECT body FROM entries ORDER BY seq DESC LIMIT 100").all();
  db.query("SELECT body FROM processes").all();
}
