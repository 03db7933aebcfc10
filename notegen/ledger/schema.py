"""The tables of the ledger, as the numbered steps by which every file of an older notegen becomes one of today.

A step is never changed once a notegen that has it was used: what is wrong in it is put right by a later one. Each
runs in one transaction together with the number that says it was done, so a file is never between two versions.

Cards of a run share most of what decides their drawing, so that is kept once, in `looks`. What happens to a whole run
is one event without a note; what happens to one card has its note. A note's `seal` is a digest of all that never
changes about it: SQLite's own checks see a broken page, not a broken letter.
A file `holds` while somebody who was erased is in it. A seed is text: it may be longer than SQLite's numbers.
"""

from __future__ import annotations

from typing import Final

APPLICATION: Final = 0x6E6F7465
"""SQLite's application_id of a ledger: "note" in ASCII."""

_FIRST: Final = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
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
CREATE TABLE looks (
  id INTEGER PRIMARY KEY,
  template TEXT NOT NULL,
  template_digest TEXT NOT NULL,
  hand TEXT NOT NULL,
  stock TEXT NOT NULL,
  locale TEXT NOT NULL,
  UNIQUE (template, template_digest, hand, stock, locale)
);
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
CREATE UNIQUE INDEX notes_once ON notes (identity, again) WHERE state <> 'withdrawn';
CREATE INDEX notes_of_run ON notes (run, state);
CREATE INDEX notes_of_customer ON notes (customer);
CREATE INDEX notes_of_file ON notes (file);
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
CREATE INDEX events_of_run ON events (run, note);
CREATE INDEX events_of_note ON events (note) WHERE note IS NOT NULL;
CREATE TABLE suppressed (hash TEXT PRIMARY KEY, at TEXT NOT NULL) WITHOUT ROWID;
"""

STEPS: Final[tuple[str, ...]] = (_FIRST,)
"""The steps in their order; a file in which n were done has user_version n."""
