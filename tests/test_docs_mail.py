"""The page about mail says what the code does: every zone, every class, every option, and what was not verified."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import click
import pytest

from notegen.model.mail import Limit, Measure
from notegen.post.classes import CLASSES
from notegen.post.zone_rules import POSTS, ZoneRule

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "mail.md"
UNITS = {Measure.WEIGHT: " g", Measure.ASPECT: "", Measure.PAPER: " g/m²"}


def zone_rows() -> list[str]:
    """Return the rows of the table of zones."""
    rows = []
    for country, post in POSTS.items():
        for zone in post.zones:
            sure = "yes" if zone.verified else "**no**"
            rows.append(f"| {country or 'others'} | {zone.name} | {place(zone)} | {sure} | {zone.source} |")
    return rows


def place(zone: ZoneRule) -> str:
    """Return where a zone is, in mm."""
    names = ("left", "right", "bottom", "top", "width", "height")
    given = ((name, getattr(zone.place, name)) for name in names)
    return ", ".join(f"{name} {value:.4g}" for name, value in given if value is not None)


def class_rows() -> list[str]:
    """Return the rows of the table of classes."""
    rows = []
    for one in CLASSES:
        limits = "; ".join(shown(limit) for limit in one.limits)
        sources = "; ".join(dict.fromkeys(limit.source for limit in one.limits))
        rows.append(f"| `{one.name}` | {one.title} | {limits} | {sources} |")
    return rows


def shown(limit: Limit) -> str:
    """Return a limit for people; those from memory have a star."""
    unit = UNITS.get(limit.measure, " mm")
    least, most = (None if one is None else f"{one:.4g}" for one in (limit.least, limit.most))
    text = f"{least} to {most}" if least and most else f"at least {least}" if least else f"at most {most}"
    when = "".join(
        f" when {word} {size[0]:.4g} x {size[1]:.4g} mm"
        for word, size in (("beyond", limit.above), ("up to", limit.upto))
        if size is not None
    )
    return f"{limit.measure.value} {text}{unit}{when}{'' if limit.verified else '*'}"


def table(heading: str) -> list[str]:
    """Return the rows of the table under a heading, without its head."""
    section = PAGE.read_text(encoding="utf-8").split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
    return [line for line in section.splitlines() if line.startswith("|")][2:]


def test_every_zone_is_in_its_table() -> None:
    assert table("Zones") == zone_rows()


def test_every_class_is_in_its_table() -> None:
    assert table("Mailing classes") == class_rows()


@pytest.mark.parametrize("name", ["envelopes", "labels", "mailcheck"])
def test_every_option_of_the_page_exists(name: str) -> None:
    command = importlib.import_module(f"notegen.cli.{name}").command
    assert isinstance(command, click.Command)
    known = {word for one in command.params for word in (*one.opts, *one.secondary_opts)}
    for line in re.findall(rf"notegen {name} [^`\n]*", PAGE.read_text(encoding="utf-8")):
        assert set(re.findall(r"(?<=\s)--?[a-z][a-z-]*", line)) <= known, line


def test_the_readme_names_the_page() -> None:
    assert "docs/mail.md" in (ROOT / "README.md").read_text(encoding="utf-8")
