"""`notegen doctor`: what notegen needs, and whether this machine has it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from notegen import pipeline
from notegen.cli import options, output
from notegen.errors import NotegenError
from notegen.resources import cache_folder, data_folder

LIBRARIES = (
    "deflate",
    "reportlab",
    "jinja2",
    "pyyaml",
    "click",
    "babel",
    "uharfbuzz",
    "fonttools",
    "numpy",
    "pikepdf",
    "pypdfium2",
    "pillow",
)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at."""

    name: str
    ok: bool
    found: str


@click.command("doctor")
@options.folder_argument
@options.json_option
def command(folder: Path, as_json: bool) -> int:
    """Check that notegen has what it needs on this machine.

    Looks at Python and the libraries, the bundled data, the cache, the hands, stocks and sheets (those of the shop in
    FOLDER too), and makes one card from facts to PDF.

    \b
    Example:
      notegen doctor
    """
    checks = list(_checks(folder))
    if as_json:
        output.as_json([asdict(check) for check in checks])
    else:
        output.table([("ok" if c.ok else "WRONG", c.name, c.found) for c in checks], ("", "check", "found"))
    return output.FINE if all(check.ok for check in checks) else output.FOUND


def _checks(folder: Path) -> Iterator[Check]:
    yield Check("python", sys.version_info >= (3, 11), sys.version.split()[0])
    for name in LIBRARIES:
        yield _try(name, lambda name=name: version(name))  # type: ignore[misc]
    for name in ("templates", "fonts", "samples"):
        yield _try(name, lambda name=name: str(data_folder(name)))  # type: ignore[misc]
    yield _try("cache", _cache)
    shop = options.open_shop(folder)
    yield _registry("hands", lambda: pipeline.hands(shop))
    yield _registry("stocks", lambda: pipeline.stocks(shop))
    yield _registry("sheets", lambda: pipeline.sheets(shop))
    yield _registry("rules", pipeline.rules)
    yield _try("one card", _card)


def _try(name: str, look: Callable[[], str]) -> Check:
    try:
        return Check(name, True, look())
    except PackageNotFoundError:
        return Check(name, False, "not installed")
    except (NotegenError, OSError) as error:
        return Check(name, False, str(error))


def _registry(name: str, look: Callable[[], object]) -> Check:
    """Check a registry: it loads, and nothing in it is broken."""
    try:
        known = look()
    except NotegenError as error:
        return Check(name, False, error.message)
    broken = getattr(known, "broken", {})
    trouble = "".join(f"; {one}: {reason}" for one, reason in broken.items())
    return Check(name, not broken, f"{len(known)}{trouble}")  # type: ignore[arg-type]


def _cache() -> str:
    folder = cache_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=folder):
            pass
    except OSError as error:
        # Not a fault: pools are then made again each time, which takes a second or two.
        return f"{folder} cannot be written ({error.strerror}): each run makes its pool anew"
    return str(folder)


def _card() -> str:
    """Go the whole way once, from words to a PDF that can be read back."""
    shop = options.open_shop(Path("."))
    made = pipeline.drawing(shop, pipeline.Wishes())
    laid = pipeline.specimen(
        "Dear Ana,\n\nThank you.\n\nWarmly,\nTom", made.hands.get(pipeline.HAND), made.stocks.get(pipeline.STOCK), 0
    )
    if laid.value is None:
        raise NotegenError("; ".join(one.message for one in laid.diagnostics))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "card.pdf"
        pressed = pipeline.press([laid.value], path, title="doctor", language="en-US")
    return f"{pressed.pages} page, {pressed.bytes / 1000:.0f} kB"
