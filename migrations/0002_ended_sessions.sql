-- Logins that were ended before their time; a row may go when the session would have ended by itself.
CREATE TABLE ended_sessions (
  id TEXT PRIMARY KEY,
  expires_ms INTEGER NOT NULL
) WITHOUT ROWID;
