-- What the processes of one supervisor used in five minutes: columns of numbers, compressed with zstd.
CREATE TABLE stats (
  supervisor_id INTEGER NOT NULL,
  slot INTEGER NOT NULL, -- epoch milliseconds / 300,000
  body BLOB NOT NULL,
  PRIMARY KEY (supervisor_id, slot)
) WITHOUT ROWID;
