-- Names, each once; everything else refers to them by number.
CREATE TABLE supervisors (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  epoch_id INTEGER -- of epochs: the journal that was read last
);

CREATE TABLE processes (
  id INTEGER PRIMARY KEY,
  supervisor_id INTEGER NOT NULL,
  group_name TEXT NOT NULL,
  name TEXT NOT NULL, -- empty: the group as a whole
  UNIQUE (supervisor_id, group_name, name)
);

-- How far each journal has been taken over.
CREATE TABLE epochs (
  id INTEGER PRIMARY KEY,
  supervisor_id INTEGER NOT NULL,
  epoch TEXT NOT NULL,
  last_seq INTEGER NOT NULL,
  UNIQUE (supervisor_id, epoch)
);

-- The history. The id is the time: milliseconds since 2020 times 4096, plus a count within the millisecond. So the table
-- itself is the index by time, and both indexes below end in the time as well.
CREATE TABLE items (
  id INTEGER PRIMARY KEY,
  supervisor_id INTEGER NOT NULL,
  process_id INTEGER, -- null: concerns the supervisor
  code INTEGER NOT NULL, -- the state entered, or what else happened
  from_code INTEGER, -- the state left
  flags INTEGER NOT NULL,
  pid INTEGER,
  tries INTEGER,
  seq INTEGER -- place in the journal; null: written by the hub itself
);
CREATE INDEX items_by_process ON items (process_id, code) WHERE process_id IS NOT NULL;
CREATE INDEX items_by_supervisor ON items (supervisor_id, code);

CREATE TABLE gaps (
  item_id INTEGER PRIMARY KEY,
  from_ms INTEGER NOT NULL,
  reason TEXT NOT NULL,
  lost INTEGER
);

CREATE TABLE spawnerrs (
  id INTEGER PRIMARY KEY,
  text TEXT NOT NULL UNIQUE
);

CREATE TABLE item_spawnerrs (
  item_id INTEGER PRIMARY KEY,
  spawnerr_id INTEGER NOT NULL
);
