"""The kinds of files that are mutated, and the commands that are given each of them.

A target makes a case of a seed and a number alone, so any failure can be made again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from random import Random
from typing import Final

from . import binary_mutators, byte_mutators, corpus, jinja_mutators, word_mutators, yaml_mutators
from .sandbox import Case, run

DRY: Final = ("--yes", "--no-ledger", "-j", "1", "--executor", "serial")
"""How most batches are run here: nothing is asked, and nothing remembered."""

Change = Callable[[bytes, Random, Sequence[bytes]], bytes]
Commands = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Target:
    """One kind of file: its corpus, how it is changed, and the case that is made of a changed one.

    `weight` is its share of the inputs of a run.
    """

    name: str
    weight: int
    corpus: Callable[[], tuple[bytes, ...]]
    changes: tuple[Change, ...]
    place: Callable[[bytes, Random], Case]

    def case(self, seed: int, index: int) -> Case:
        """Return the case of a number."""
        dice = Random(f"{self.name}:{seed}:{index}")
        seeds = self.corpus()
        data = dice.choice(seeds)
        data = dice.choice(self.changes)(data, dice, seeds)
        if dice.random() < 0.1:
            data = dice.choice(self.changes)(data, dice, seeds)
        return self.place(data[: 2 * byte_mutators.LONGEST], dice)

    def warm(self) -> None:
        """Run the commands on sound files once, so that what is loaded and cached is so before processes are forked."""
        import os
        import tempfile
        from pathlib import Path

        from .sandbox import lay_out

        here = os.getcwd()
        for index, data in enumerate(self.corpus()[:2]):
            for turn in range(4):
                with tempfile.TemporaryDirectory() as ring:
                    case = self.place(data, Random(f"{index}:{turn}"))
                    os.chdir(lay_out(case, Path(ring) / "ring"))
                    for words in case.commands:
                        run(words)
                    os.chdir(here)


def warm_pools() -> None:
    """Print a card with the head of each sound file of settings: the pool of a hand takes seconds the first time."""
    import os
    import tempfile
    from pathlib import Path

    from .sandbox import lay_out

    here = os.getcwd()
    for data in corpus.settings():
        with tempfile.TemporaryDirectory() as ring:
            os.chdir(lay_out(_settings(data.split(b"\nfields:")[0], Random(0)), Path(ring) / "ring"))
            run(("batch", *DRY, "facts.yaml", "-t", "t.j2", "-o", "out/c.pdf"))
            os.chdir(here)


def _some(dice: Random, *choices: tuple[float, tuple[str, ...]]) -> Commands:
    """Return the commands whose turn it is, each with its own chance; the first when it is nobody's."""
    return tuple(words for chance, words in choices if dice.random() < chance) or (choices[0][1],)


def _facts(data: bytes, dice: Random) -> Case:
    cards = ("facts.yaml", "-t", dice.choice(("same-day-thanks", "t.j2", "birthday", "honest-fallback")))
    out = (
        ("batch", *DRY, *cards, "-o", "out/c.pdf", "--skip-bad"),
        (
            "batch",
            *cards,
            "-o",
            "out/c.pdf",
            "--skip-bad",
            "--matching",
            "--envelopes",
            "out/e.pdf",
            "--slip",
            "out/s.pdf",
        ),
        ("preview", *cards, "-o", "out/p.png", "--dpi", "40", "--limit", "3"),
        ("envelopes", "facts.yaml", "-o", "out/e.pdf"),
        ("labels", "facts.yaml", "-o", "out/l.pdf", "--sheet", "8160"),
        ("copy", *cards, "-o", "out/k.pdf"),
        ("slip", *cards, "-o", "out/s.pdf"),
        ("mailcheck", "--facts", "facts.yaml"),
        ("lint", "facts.yaml", "--fix"),
        ("schema", "-o", "out/x.json"),
        ("lint", "letter.txt", "--facts", "facts.yaml"),
    )
    files = {"facts.yaml": data, "t.j2": corpus.NOTE, "notegen.yaml": corpus.SHOP, "letter.txt": corpus.letters()[0]}
    commands = _some(dice, (0.9, ("lint", "facts.yaml")), (0.5, ("write", *cards)), (0.25, dice.choice(out)))
    return Case(files, commands, r"facts\.yaml")


_PART = b"{% macro m(a, b=1) %}{{ a }}{% endmacro %}{% block b %}{% endblock %}{{ shop.name }}"


def _template(data: bytes, dice: Random) -> Case:
    files = {"facts.yaml": dice.choice(corpus.facts()), "t.j2": data, "_part.j2": _PART, "notegen.yaml": corpus.SHOP}
    write = ("write", "facts.yaml", "-t", "t.j2", *dice.choice(((), ("--explain",), ("--json",))))
    batch = ("batch", *DRY, "facts.yaml", "-t", "t.j2", "-o", "out/c.pdf", "--skip-bad", "--limit", "2")
    lint = ("lint", "t.j2", *dice.choice((*[()] * 24, ("--format", "json"), ("--format", "sarif"), *[("--fix",)] * 4)))
    return Case(files, _some(dice, (0.7, lint), (0.6, write), (0.05, batch)), r"t\.j2")


def _settings(data: bytes, dice: Random) -> Case:
    files = {
        "facts.yaml": corpus.CUSTOMER,
        "t.j2": corpus.NOTE,
        "notegen.yaml": data,
        "art/pic.svg": corpus.pictures()[0],
    }
    batch = ("batch", *DRY, "facts.yaml", "-t", "t.j2", "-o", "out/c.pdf")
    commands = _some(
        dice,
        (0.7, ("lint", ".")),
        (0.5, ("write", "facts.yaml", "-t", "t.j2")),
        (0.2, batch),
        (0.1, ("hand", "list", ".")),
        (0.1, ("envelopes", "facts.yaml", "-o", "out/e.pdf")),
        (0.1, ("lint", ".", "--show-settings")),
        (0.1, ("rule", "list", "--shop", ".")),
        (0.05, ("schema", "-o", "out/x.json")),
        (0.1, ("stock", "list", ".")),
        (0.1, ("labels", "facts.yaml", "-o", "out/l.pdf")),
    )
    return Case(files, commands)


def _stock(data: bytes, dice: Random) -> Case:
    files = {"facts.yaml": corpus.CUSTOMER, "t.j2": corpus.NOTE, "notegen.yaml": corpus.SHOP, "stocks/tag.yaml": data}
    commands = _some(
        dice,
        (0.8, ("stock", "show", "tag", "--shop", ".")),
        (0.3, ("stock", "show", "tag", "--shop", ".", "-o", f"out/t.{dice.choice(('pdf', 'png'))}")),
        (0.3, ("batch", *DRY, "facts.yaml", "-t", "t.j2", "--stock", "tag", "-o", "out/c.pdf")),
        (0.2, ("stock", "list", ".")),
        (0.2, ("lint", ".")),
        (0.1, ("envelopes", "facts.yaml", "--envelope", "tag", "-o", "out/e.pdf")),
        (0.1, ("mailcheck", "--stock", "tag")),
        (0.1, ("stock", "show", "stocks/tag.yaml", "--json")),
    )
    return Case(files, commands)


def _sheet(data: bytes, dice: Random) -> Case:
    files = {
        "facts.yaml": corpus.CUSTOMER,
        "t.j2": corpus.NOTE,
        "notegen.yaml": corpus.SHOP,
        "sheets/own.yaml": data,
        "c.pdf": corpus.pdfs()[0],
    }
    commands = _some(
        dice,
        (0.7, ("stock", "show", "own", "--shop", ".")),
        (0.3, ("stock", "show", "own", "--shop", ".", "-o", "out/t.pdf")),
        (0.3, ("batch", *DRY, "facts.yaml", "-t", "t.j2", "--sheet", "own", "-o", "out/c.pdf")),
        (0.2, ("labels", "facts.yaml", "--sheet", "own", "-o", "out/l.pdf")),
        (0.2, ("impose", "c.pdf", "--sheet", "own", "-o", "out/i.pdf")),
        (0.03, ("stock", "list", "--sheets", "own", ".")),
        (0.1, ("lint", ".")),
    )
    return Case(files, commands)


_ONE: Final = ("batch", *DRY, "facts.yaml", "-t", "t.j2", "--limit", "1", "-o", "out/c.pdf", "--hand", "mine")


def _hand(data: bytes, dice: Random) -> Case:
    files = {
        "facts.yaml": corpus.CUSTOMER,
        "t.j2": corpus.NOTE,
        "notegen.yaml": corpus.SHOP,
        "hands/mine.yaml": data,
        "hands/mine.ttf": corpus.fonts()[4],
    }
    commands = _some(
        dice,
        (0.8, ("hand", "list", ".")),
        (0.5, _ONE),
        (0.2, ("lint", ".")),
        (0.1, ("write", "facts.yaml", "-t", "t.j2", "--hand", "mine")),
        (0.05, ("hand", "show", "mine", "--shop", ".", "-o", "out/h.png")),
        (0.1, ("hand", "suggest", "facts.yaml")),
    )
    return Case(files, commands)


def _rule(data: bytes, dice: Random) -> Case:
    files = {
        "facts.yaml": corpus.CUSTOMER,
        "t.j2": corpus.NOTE,
        "notegen.yaml": corpus.SHOP,
        "rules/house.yaml": data,
        "letter.txt": corpus.letters()[0],
    }
    commands = _some(
        dice,
        (0.8, ("lint", "letter.txt")),
        (0.3, ("rule", "list", "--shop", ".")),
        (0.3, ("rule", "explain", "X001", "--shop", ".")),
        (0.3, ("lint", ".")),
        (0.1, ("lint", "letter.txt", "--fix")),
        (0.1, ("lint", ".", "--format", dice.choice(("sarif", "junit", "gitlab", "checkstyle")))),
    )
    return Case(files, commands, r"letter\.txt")


def _font(data: bytes, dice: Random) -> Case:
    files = {"facts.yaml": corpus.CUSTOMER, "t.j2": corpus.NOTE, "notegen.yaml": corpus.SHOP}
    if dice.random() < 0.5:
        return Case(
            {**files, "own.ttf": data},
            (("hand", "add", "own.ttf", "--name", "mine", "--shop", "."), *((_ONE,) if dice.random() < 0.3 else ())),
            r"hands/mine\.(ttf|otf|yaml)",
        )
    files |= {"hands/mine.yaml": corpus.HAND, "hands/mine.ttf": data}
    show = ("hand", "show", "mine", "--shop", ".", "--text", "Thank you", "-o", "out/h.png")
    return Case(
        files,
        _some(
            dice,
            (0.3, ("hand", "list", ".")),
            (0.5, _ONE),
            (0.03, show),
            (0.2, ("lint", ".")),
            (0.3, ("write", "facts.yaml", "-t", "t.j2", "--hand", "mine")),
        ),
    )


def _picture(data: bytes, dice: Random) -> Case:
    shop = corpus.SHOP + b"art:\n  back: {file: art/pic, fit: cover}\n"
    files = {"facts.yaml": corpus.CUSTOMER, "t.j2": corpus.NOTE, "notegen.yaml": shop, "art/pic": data}
    batch = (
        "batch",
        "facts.yaml",
        "-t",
        "t.j2",
        "-o",
        "out/c.pdf",
        "--for",
        dice.choice(("press", "desktop", "screen")),
    )
    signed = (
        "batch",
        *DRY,
        "facts.yaml",
        "-t",
        "t.j2",
        "-o",
        "out/c.pdf",
        "--signature",
        "art/pic",
        "--stock",
        "us-a2",
    )
    preview = ("preview", "facts.yaml", "-t", "t.j2", "-o", "out/p.png", "--dpi", "40")
    return Case(files, _some(dice, (0.6, batch), (0.2, ("lint", ".")), (0.25, signed), (0.1, preview)))


def _scrawl(data: bytes, dice: Random) -> Case:
    return Case({"s.png": data, "notegen.yaml": corpus.SHOP}, (("signature", "s.png", "-o", "out/s.svg"),))


def _pdf(data: bytes, dice: Random) -> Case:
    commands = _some(
        dice,
        (0.8, ("check", "c.pdf", "--for", dice.choice(("press", "desktop", "screen")))),
        (0.4, ("impose", "c.pdf", "--sheet", "letter", "-o", "out/i.pdf")),
        (0.1, ("check", "c.pdf", "--format", "sarif", "--stock", "us-a2")),
    )
    return Case({"c.pdf": data}, commands)


def _letter(data: bytes, dice: Random) -> Case:
    name = dice.choice(("letter.txt", "letter.md"))
    commands = _some(
        dice,
        (0.7, ("lint", name)),
        (0.3, ("lint", name, "--facts", "facts.yaml")),
        (0.1, ("lint", name, "--fix")),
        (0.1, ("lint", name, "--diff")),
        (
            0.1,
            ("lint", name, "--format", dice.choice(("json", "sarif", "junit", "checkstyle", "github")), "-o", "out/r"),
        ),
    )
    return Case({name: data, "facts.yaml": corpus.CUSTOMER, "notegen.yaml": corpus.SHOP}, commands, r"letter\.\w+")


def _shop_with(name: str, data: bytes) -> dict[str, bytes]:
    return {**corpus.kept(), name: data}


def _rows(data: bytes, dice: Random, _others: Sequence[bytes]) -> bytes:
    """Put odd values into some cells of a ledger, as another program could; one that cannot be read stays as it is."""
    import sqlite3

    try:
        return _with_odd_cells(data, dice)
    except sqlite3.Error:
        return data


def _with_odd_cells(data: bytes, dice: Random) -> bytes:
    import sqlite3

    with closing(sqlite3.connect(":memory:")) as opened:
        # A write-ahead log is nothing that a database in memory could have: bytes 18 and 19 ask for none.
        opened.deserialize(data[:18] + b"\1\1" + data[20:])
        opened.execute("PRAGMA ignore_check_constraints = 1")
        tables = [row[0] for row in opened.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        for _ in range(dice.choice((1, 1, 2, 6))):
            table = dice.choice(tables)
            columns = [row[1] for row in opened.execute(f"PRAGMA table_info({table})")]
            if not columns:
                continue  # dropped in an earlier round
            value = dice.choice(ODD_CELLS)
            with suppress(sqlite3.Error):
                if dice.random() < 0.1:
                    opened.execute(
                        dice.choice((f"DELETE FROM {table}", f"DROP TABLE {table}", "PRAGMA user_version = 99"))
                    )
                opened.execute(f"UPDATE {table} SET {dice.choice(columns)} = ?", (value,))
        opened.commit()
        return opened.serialize()


ODD_CELLS: Final = (
    None,
    0,
    -1,
    2**62,
    1.5,
    float("inf"),
    "",
    "x",
    "x" * 9000,
    "../../x",
    "a\0b",
    "2026-02-30",
    "{}",
    "[",
    b"",
    b"\xff\xfe",
    b"\0" * 99,
    "printed",
    "nothing",
    "runs/../../../x.pdf",
    "\u202e",
    "1e999",
)


_LEDGER_MAKES: Final = r"notegen\.db(-wal|-shm|-journal)?|runs/.*|notegen-.*\.db|\.notegen.*"


def _ledger(data: bytes, dice: Random) -> Case:
    name = sorted({one.split("/")[1] for one in corpus.kept() if one.startswith("runs/")})
    commands = _some(
        dice,
        (0.8, ("verify",)),
        (0.5, ("log", *dice.choice(((), ("--json",), ("--runs",), ("--state", "printed"))))),
        (0.3, ("batch", "ana.yaml", "-t", "t.j2", "--yes", "-j", "1", "--executor", "serial")),
        (0.2, ("approve", name[-1])),
        (0.3, ("mark", "mailed", "--run", name[0])),
        (0.3, ("export", "-o", f"out/x.{dice.choice(('csv', 'json', 'jsonl'))}")),
        (0.2, ("backup", "-o", "out/b.db")),
        (0.1, ("batch", "--resume", name[-1], "--yes")),
    )
    return Case(_shop_with("notegen.db", data), commands, _LEDGER_MAKES)


def _run(data: bytes, dice: Random) -> Case:
    name, _, content = data.partition(b"\0")
    runs = sorted({one.split("/")[1] for one in corpus.kept() if one.startswith("runs/")})
    commands = (
        ("approve", runs[-1]),
        ("batch", "--resume", runs[-1], "--yes"),
        *_some(dice, (0.5, ("verify",)), (0.3, ("log",))),
    )
    return Case(_shop_with(name.decode(), content), commands, _LEDGER_MAKES)


def _words(data: bytes, dice: Random) -> Case:
    files = {
        **corpus.kept(),
        "facts.yaml": corpus.CUSTOMER,
        "letter.txt": corpus.letters()[0],
        "c.pdf": corpus.pdfs()[0],
        "c.png": corpus.scrawls()[0],
    }
    makes = rf"{_LEDGER_MAKES}|facts\.yaml|t\.j2|letter\.txt|notegen\.yaml|ana\.yaml|ben\.yaml"
    return Case(files, (word_mutators.given(data),), makes)


def _content(change: Change) -> Change:
    """Return a change of what stands after a file's name and a NUL."""

    def changed(data: bytes, dice: Random, others: Sequence[bytes]) -> bytes:
        name, _, content = data.partition(b"\0")
        return name + b"\0" + change(content, dice, [one.partition(b"\0")[2] for one in others])

    return changed


_YAML: Final = (yaml_mutators.mutate, yaml_mutators.mutate, byte_mutators.mutate)

TARGETS: Final[dict[str, Target]] = {
    one.name: one
    for one in (
        Target("facts", 52, corpus.facts, _YAML, _facts),
        Target(
            "templates",
            62,
            corpus.templates,
            (jinja_mutators.mutate, jinja_mutators.mutate, byte_mutators.mutate),
            _template,
        ),
        Target("settings", 75, corpus.settings, _YAML, _settings),
        Target("stocks", 62, corpus.stocks, _YAML, _stock),
        Target("sheets", 32, corpus.sheets, _YAML, _sheet),
        Target("hands", 30, corpus.hands, _YAML, _hand),
        Target("rules", 32, corpus.rules, _YAML, _rule),
        Target("fonts", 32, corpus.fonts, (binary_mutators.mutate,), _font),
        Target("pictures", 32, corpus.pictures, (binary_mutators.mutate,), _picture),
        Target("scrawls", 6, corpus.scrawls, (binary_mutators.mutate,), _scrawl),
        Target("pdfs", 60, corpus.pdfs, (binary_mutators.mutate,), _pdf),
        Target("letters", 40, corpus.letters, (byte_mutators.mutate,), _letter),
        Target("ledgers", 50, corpus.ledgers, (binary_mutators.mutate, _rows, _rows), _ledger),
        Target("runs", 6, corpus.run_files, (_content(byte_mutators.mutate), _content(yaml_mutators.mutate)), _run),
        Target("words", 40, corpus.words, (word_mutators.mutate,), _words),
    )
}
"""All targets by name. Another kind of file is one more function and one more line here."""

__all__ = ["TARGETS", "Target", "warm_pools"]
