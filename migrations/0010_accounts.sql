-- One row of history is two entries: itself, and one in the only index. What it is about (process or supervisor) and what
-- happened are one number, `run`, so that the index is short and every run of equal rows is in order of time.
DROP INDEX items_by_process;
DROP INDEX items_by_supervisor;
ALTER TABLE items RENAME TO items_before;
CREATE TABLE items (
  id INTEGER PRIMARY KEY, -- as before: the time
  run INTEGER NOT NULL, -- owner × 32 + code; owner: a process, or minus a supervisor
  facts INTEGER NOT NULL, -- state left + 1, flags × 16, cause × 128, (tries + 1) × 2048
  pid INTEGER,
  seq INTEGER, -- place in the journal; null: written by the hub itself
  action_id INTEGER -- of a command, and of a transition that followed from it
);
INSERT INTO items (id, run, facts, pid, seq)
  SELECT id, coalesce(process_id, -supervisor_id) * 32 + code,
    coalesce(from_code + 1, 0) + flags * 16 + coalesce(tries + 1, 0) * 2048, pid, seq
  FROM items_before ORDER BY id;
ALTER TABLE supervisors ADD COLUMN newest_ms INTEGER; -- the newest time that its journal told of
UPDATE supervisors SET newest_ms =
  (SELECT max(id) / 4096 + 1577836800000 FROM items_before WHERE supervisor_id = supervisors.id);

-- What each supervisor's gaps cover together: neither overlapping nor touching.
CREATE TABLE unknowns (
  supervisor_id INTEGER NOT NULL,
  to_ms INTEGER NOT NULL,
  from_ms INTEGER NOT NULL,
  PRIMARY KEY (supervisor_id, to_ms)
) WITHOUT ROWID;
INSERT INTO unknowns (supervisor_id, to_ms, from_ms)
  SELECT supervisor_id, to_ms, min(from_ms) FROM (
    SELECT supervisor_id, from_ms, max(to_ms) OVER (PARTITION BY supervisor_id, island) AS to_ms FROM (
      SELECT supervisor_id, from_ms, to_ms,
        sum(is_new) OVER (PARTITION BY supervisor_id ORDER BY from_ms, to_ms) AS island FROM (
          SELECT supervisor_id, from_ms, to_ms, coalesce(from_ms > max(to_ms) OVER (
            PARTITION BY supervisor_id ORDER BY from_ms, to_ms ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 1) AS is_new
          FROM (
            SELECT supervisor_id, from_ms, items_before.id / 4096 + 1577836800000 AS to_ms
            FROM gaps JOIN items_before ON items_before.id = gaps.item_id
          ) WHERE from_ms < to_ms
        )
    )
  ) GROUP BY supervisor_id, to_ms;
DROP TABLE items_before;
CREATE INDEX items_by_run ON items (run);
-- What people did is sought by itself.
CREATE INDEX items_of_actions ON items (id) WHERE action_id IS NOT NULL;

-- The account of a process up to (not with) the beginning of a minute, counted from 2020: milliseconds in each kind of
-- state since it was first heard of. After the last event of each UTC day there is one; a window of any zone's days is the difference
-- of two moments, each a few events away from the last row before it.
CREATE TABLE checkpoints (
  process_id INTEGER NOT NULL,
  minute INTEGER NOT NULL,
  kind INTEGER NOT NULL, -- of the state it is in
  up INTEGER NOT NULL,
  down INTEGER NOT NULL,
  stopped INTEGER NOT NULL,
  absent INTEGER NOT NULL,
  restarts INTEGER NOT NULL,
  crashes INTEGER NOT NULL,
  last_crash INTEGER, -- epoch milliseconds
  down_since INTEGER,
  PRIMARY KEY (process_id, minute)
) WITHOUT ROWID;

-- Times of a minute and more in which a process was down.
CREATE TABLE outages (
  process_id INTEGER NOT NULL,
  to_ms INTEGER NOT NULL,
  from_ms INTEGER NOT NULL,
  PRIMARY KEY (process_id, to_ms)
) WITHOUT ROWID;

-- What was asked of supervisords through the hub.
CREATE TABLE actions (
  id INTEGER PRIMARY KEY, -- (milliseconds since 2020, hub's clock) × 16 + a count
  user TEXT, -- null: no login
  address TEXT NOT NULL,
  method TEXT NOT NULL,
  detail TEXT NOT NULL, -- the signal
  targets TEXT NOT NULL -- as given, separated by commas
);

-- One row: nothing is known before this.
CREATE TABLE forgotten (before_ms INTEGER NOT NULL);

-- BACKOFF, FATAL and UNKNOWN are rare, and asked for often.
CREATE INDEX items_of_trouble ON items (id) WHERE run & 31 IN (3, 6, 7);
