-- Why processes died: JSON, compressed with zstd. One row for each transition of which something is known.
CREATE TABLE evidence (
  item_id INTEGER PRIMARY KEY,
  process_id INTEGER NOT NULL,
  body BLOB NOT NULL
);
CREATE INDEX evidence_by_process ON evidence (process_id);
