PRAGMA application_id = 1852798053;
PRAGMA journal_mode = WAL;
BEGIN TRANSACTION;
CREATE TABLE events (
  id INTEGER PRIMARY KEY,
  run INTEGER NOT NULL REFERENCES runs (id),
  note INTEGER REFERENCES notes (id),
  what TEXT NOT NULL,
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  reason TEXT NOT NULL,
  file INTEGER REFERENCES files (id),
  page INTEGER CHECK (page > 0)
);
INSERT INTO "events" VALUES(1,1,NULL,'prepared','2026-11-28T10:30:00Z','','',NULL,NULL);
INSERT INTO "events" VALUES(2,1,NULL,'approved','2026-11-28T10:31:00Z','nuria','',NULL,NULL);
INSERT INTO "events" VALUES(3,1,NULL,'printed','2026-11-28T10:33:00Z','','',NULL,NULL);
INSERT INTO "events" VALUES(4,1,1,'mailed','2026-11-28T10:39:00Z','nuria','',NULL,NULL);
CREATE TABLE files (
  id INTEGER PRIMARY KEY,
  run INTEGER NOT NULL REFERENCES runs (id),
  kind TEXT NOT NULL CHECK (kind IN ('cards', 'envelopes', 'slip', 'reprint')),
  number INTEGER NOT NULL CHECK (number > 0),
  path TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  pages INTEGER NOT NULL,
  holds INTEGER NOT NULL DEFAULT 0 CHECK (holds IN (0, 1)),
  UNIQUE (run, kind, number)
);
INSERT INTO "files" VALUES(1,1,'cards',1,'cards.pdf','ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',1000,2,0);
CREATE TABLE looks (
  id INTEGER PRIMARY KEY,
  template TEXT NOT NULL,
  template_digest TEXT NOT NULL,
  hand TEXT NOT NULL,
  stock TEXT NOT NULL,
  locale TEXT NOT NULL,
  UNIQUE (template, template_digest, hand, stock, locale)
);
INSERT INTO "looks" VALUES(1,'thanks','tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttt','{"hand": "neat-print"}','us-a2','en_US');
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE notes (
  id INTEGER PRIMARY KEY,
  run INTEGER NOT NULL REFERENCES runs (id),
  identity TEXT NOT NULL,
  again INTEGER NOT NULL CHECK (again >= 0),
  state TEXT NOT NULL
    CHECK (state IN ('prepared', 'approved', 'printed', 'mailed', 'returned', 'answered', 'withdrawn')),
  at TEXT NOT NULL,
  customer TEXT NOT NULL,
  name TEXT NOT NULL,
  postcode TEXT NOT NULL,
  household TEXT NOT NULL,
  occasion TEXT NOT NULL,
  sale TEXT NOT NULL,
  period TEXT NOT NULL,
  look INTEGER NOT NULL REFERENCES looks (id),
  facts_digest TEXT NOT NULL,
  text TEXT NOT NULL,
  parts TEXT NOT NULL,
  seed TEXT NOT NULL,
  drawing TEXT NOT NULL,
  cost INTEGER NOT NULL,
  currency TEXT NOT NULL,
  file INTEGER REFERENCES files (id),
  page INTEGER CHECK (page > 0),
  erased INTEGER NOT NULL DEFAULT 0 CHECK (erased IN (0, 1)),
  seal BLOB NOT NULL
);
INSERT INTO "notes" VALUES(1,1,'customer-0thanks2026-11-25',0,'mailed','2026-11-28T10:39:00Z','customer-0','Customer 0','97999','','thanks','2026-11-25','',1,'facts of customer-0','Dear customer-0,
thank you for the Brompton.','[["greeting", 0, 1]]','7','drawing of customer-0',145,'USD',1,1,0,X'E64C82A9CFF7B86A');
INSERT INTO "notes" VALUES(2,1,'customer-1thanks2026-11-25',0,'printed','2026-11-28T10:33:00Z','customer-1','Customer 1','97999','','thanks','2026-11-25','',1,'facts of customer-1','Dear customer-1,
thank you for the Brompton.','[["greeting", 0, 1]]','7','drawing of customer-1',145,'USD',1,2,0,X'27CCF92DD0C192B7');
CREATE TABLE runs (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  state TEXT NOT NULL CHECK (state IN ('prepared', 'approved', 'printing', 'printed', 'withdrawn')),
  made TEXT NOT NULL,
  at TEXT NOT NULL,
  template TEXT NOT NULL,
  command TEXT NOT NULL,
  context TEXT NOT NULL,
  folder TEXT NOT NULL,
  target TEXT NOT NULL,
  notes INTEGER NOT NULL
);
INSERT INTO "runs" VALUES(1,'2026-11-28-1','printed','2026-11-28T10:30:00Z','2026-11-28T10:33:00Z','thanks','["batch", "facts", "-t", "thanks"]','cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc','runs/2026-11-28-1','cards.pdf',2);
CREATE TABLE suppressed (hash TEXT PRIMARY KEY, at TEXT NOT NULL) WITHOUT ROWID;
CREATE UNIQUE INDEX notes_once ON notes (identity, again) WHERE state <> 'withdrawn';
CREATE INDEX notes_of_run ON notes (run, state);
CREATE INDEX notes_of_customer ON notes (customer);
CREATE INDEX notes_of_file ON notes (file);
CREATE INDEX events_of_run ON events (run, note);
CREATE INDEX events_of_note ON events (note) WHERE note IS NOT NULL;
COMMIT;
PRAGMA user_version = 1;
