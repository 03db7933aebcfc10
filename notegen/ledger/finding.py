"""Looking a run up by a file that it made."""

from __future__ import annotations

import os
from pathlib import Path

from notegen.ledger.claims import run_named
from notegen.ledger.opening import Ledger, whole_path
from notegen.model.ledger import Run


def file_at(book: Ledger, path: Path) -> Run | None:
    """Return the run that last wrote the file at a path, however the path is written; None when none did."""
    wanted = os.path.realpath(path)
    with book.reading() as connection:
        rows = connection.execute(
            "SELECT runs.name, files.path FROM files JOIN runs ON runs.id = files.run ORDER BY files.id DESC"
        )
        name = next((name for name, kept in rows if os.path.realpath(whole_path(book.path, kept)) == wanted), None)
    return None if name is None else run_named(book, name)
