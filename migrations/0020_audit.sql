-- Who did what: a file of its own, which nothing shortens and nobody changes.
CREATE TABLE audit (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at_ms INTEGER NOT NULL, -- hub's clock
  user TEXT, -- null: nobody was logged in, or nobody has to be
  address TEXT NOT NULL, -- of the client
  what TEXT NOT NULL, -- login, login_failed, logout, action, outcome, reload, refused
  target TEXT NOT NULL, -- what it was about: patterns, a path
  outcome TEXT NOT NULL, -- ok, failed, asked, refused
  detail TEXT NOT NULL -- for people
);
CREATE INDEX audit_by_user ON audit (user);
CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
CREATE TRIGGER audit_is_not_shortened BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
