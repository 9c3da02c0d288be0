-- Rows of accounts with the time in front, in stretches of 2^15 minutes (22.8 days): those of all processes at one moment stand
-- together, and what is written to is what belongs to the last of them.
ALTER TABLE checkpoints RENAME TO checkpoints_before;
CREATE TABLE checkpoints (
  stretch INTEGER NOT NULL, -- minutes since 2020 / 32,768
  process_id INTEGER NOT NULL,
  minute INTEGER NOT NULL, -- of the stretch
  kind INTEGER NOT NULL, -- of the state it is in
  up INTEGER NOT NULL,
  down INTEGER NOT NULL,
  stopped INTEGER NOT NULL,
  absent INTEGER NOT NULL,
  restarts INTEGER NOT NULL,
  crashes INTEGER NOT NULL,
  since_crash INTEGER, -- milliseconds from the last one to this minute
  down_for INTEGER, -- the same, from the beginning of the time it is down
  PRIMARY KEY (stretch, process_id, minute)
) WITHOUT ROWID;
INSERT INTO checkpoints
  SELECT minute >> 15, process_id, minute & 32767, kind, up, down, stopped, absent, restarts, crashes,
    minute * 60000 + 1577836800000 - last_crash, minute * 60000 + 1577836800000 - down_since
  FROM checkpoints_before ORDER BY 1, 2, 3;
DROP TABLE checkpoints_before;
