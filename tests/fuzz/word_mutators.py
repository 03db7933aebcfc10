"""Changes of a command's words, one to a line: values that are odd, options of other commands, words lost or twice."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Final

LINES: Final = (
    "lint facts.yaml --fix",
    "lint . --format sarif --max-warnings 3",
    "lint t.j2 --show-settings",
    "lint letter.txt --facts facts.yaml --diff",
    "write facts.yaml -t t.j2 --hand quick-ballpoint --seed 3 --limit 2",
    "write facts.yaml -t t.j2 --explain --only ana",
    "preview facts.yaml -t t.j2 -o out/p.png --dpi 36 --stock us-a2",
    "batch facts.yaml -t t.j2 -o out/c.pdf --yes --no-ledger -j 1 --executor serial --order name --limit 1",
    "batch facts.yaml -t t.j2 -o out/c.pdf --yes -j 1 --executor serial --split 2 --skip-bad",
    "batch facts.yaml -t t.j2 -o out/c.pdf --yes --no-ledger --stock us-a2 --sheet letter-2up --for press --seed 9",
    "batch facts.yaml -t t.j2 -o out/c.pdf --yes --no-ledger --envelopes out/e.pdf --slip out/s.pdf --matching",
    "check c.pdf --for desktop --stock us-a2 --format sarif",
    "impose c.pdf -o out/i.pdf --sheet letter --order stack",
    "envelopes facts.yaml -o out/e.pdf --envelope env-a2",
    "labels facts.yaml -o out/l.pdf --sheet 8160 --first 3",
    "mailcheck --stock us-a2 --facts facts.yaml",
    "slip facts.yaml -t t.j2 -o out/s.pdf",
    "copy facts.yaml -t t.j2 -o out/k.pdf",
    "log --state printed --since 2026-01-01 --json",
    "log ana --runs",
    "mark mailed --run 2026-11-28-1 --on 2026-11-29",
    "mark answered ana --occasion thanks",
    "reprint ana --reason jam -o out/r.pdf",
    "approve 2026-11-28-2",
    "export -o out/x.csv",
    "erase ana --yes",
    "backup -o out/b.db",
    "verify --files",
    "hand list . --json",
    "hand show quick-ballpoint --shop . --text Hello -o out/h.png",
    "hand suggest facts.yaml --limit 2",
    "signature c.png -o out/s.svg --width 40",
    "stock list . --sheets",
    "stock show us-a2 --shop . -o out/t.pdf",
    "rule list --shop .",
    "rule explain N104",
    "schema -o out/x.json",
    "printer list --shop .",
)
"""Commands as they are meant to be given; some have words that are wrong already."""

OUTPUTS: Final = ("-o", "--output", "--envelopes", "--slip", "--report", "--job")
"""Options whose value is a file to be written: where it is, is the user's choice."""

_ENDS: Final = {"backup": "db", "export": "csv", "schema": "json", "preview": "png", "signature": "svg", "lint": "txt"}

ODD: Final = (
    "", " ", "-", "--", "-1", "0", "1e999", "nan", "-0.0", "9" * 400, "1,5", "0x10", "../../x", "/etc/passwd",
    "..", ".", "~", "*", "a/b", "a\\b", "a\nb", "\u202e", "e\u0301", "\udcff", "x" * 5000, "None", "yes", "[]",
    "{}", "&a", "!!x", "%s", "{0}", "{{ 1 }}", "=", "a=b", "--help", "-h", "--version", "2026-02-30",
    "9999-12-31", "0001-01-01", "1900-13-01", "us-a2", "letter", "quick-ballpoint", "ana", "t.j2", "facts.yaml",
    "c.pdf", "notegen.yaml", "out", "notegen.db", "nothing.pdf", "http://example.com/x.yaml", "memory://x",
    "s3://a/b", "file:///etc/passwd", "1-3", "3-1", "1..2", "#", "\u001b[31m", "\u007f", "\t", "CON", "a:b",
    "thanks", "press", "2026-11-28-1", "2026-11-28-99", "10000000000", "\u00bd", "\u0663",
)  # fmt: skip


def mutate(data: bytes, dice: Random, others: Sequence[bytes]) -> bytes:
    """Change one to three words."""
    words = data.decode("utf-8", "surrogateescape").split("\n")
    for _ in range(dice.choice((1, 1, 2, 3))):
        at = dice.randrange(len(words) + 1)
        how = dice.randrange(6)
        if how == 0:
            words.insert(at, dice.choice(ODD).replace("\n", " "))
        elif how == 1 and 0 < at < len(words):
            del words[at]
        elif how == 2:
            words.insert(at, dice.choice(words))
        elif how == 3:
            strangers = [one for line in LINES for one in line.split() if one.startswith("-")]
            words.insert(at, dice.choice(strangers))
        elif 0 < at < len(words):
            words[at] = dice.choice(ODD).replace("\n", "\r")
        if dice.random() < 0.1:
            words[-1] += dice.choice(ODD).replace("\n", "")
    return "\n".join(words).encode("utf-8", "surrogateescape")


def given(data: bytes) -> tuple[str, ...]:
    """Return the words, with all that is written in the folder for it."""
    words = [one.replace("\0", "") for one in data.decode("utf-8", "surrogateescape").split("\n")]
    target = f"out/x.{_ENDS.get(words[0], 'pdf')}"
    made = []
    for before, word in zip(["", *words], words, strict=False):
        name, _, value = word.partition("=")
        if before in OUTPUTS and not word.startswith("out/"):
            made.append(target)
        elif name in OUTPUTS and value and not value.startswith("out/"):
            made.append(f"{name}={target}")
        else:
            made.append(f"-o{target}" if word.startswith("-o") and len(word) > 2 else word)
    return tuple(made)


__all__ = ["LINES", "OUTPUTS", "given", "mutate"]
