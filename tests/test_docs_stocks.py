"""The page about stocks is true: its table is what there is, its files work, its sheets are called so."""

from __future__ import annotations

import re
from pathlib import Path

from conftest import ROOT, Golden, Run

from notegen.layout.sheets import builtin as sheets
from notegen.layout.stocks import builtin as stocks
from notegen.model.stock import Kind, Stock

PAGE = "docs/stocks.md"
TEXT = (ROOT / PAGE).read_text(encoding="utf-8")
TABLE = re.compile(r"(?<=<!-- stocks -->\n).*?(?=<!-- /stocks -->)", re.S)
FILES = re.findall(r"```yaml\n# (stocks|sheets)/([\w-]+\.yaml)\n(.*?)```", TEXT, re.S)


def size(stock: Stock) -> str:
    width, height = (f"{round(side, 2):g}" for side in stock.size)
    inches = " x ".join(f"{round(side / 25.4, 3):g}" for side in stock.size)
    american = stock.name.startswith(("us-", "postcard-")) or "in)" in stock.title
    return f"{width} x {height} mm" + (f" ({inches} in)" if american else "")


def row(stock: Stock) -> str:
    if stock.kind is Kind.ENVELOPE:
        return f"| `{stock.name}` | {size(stock)} | | |"
    closed = "" if stock.closed == stock.size else " x ".join(f"{round(side, 2):g}" for side in stock.closed) + " mm"
    envelope = f"`{stock.envelope}`" if stock.envelope else ""
    return f"| `{stock.name}` | {size(stock)} | {closed} | {envelope} |"


def test_the_table_is_what_there_is(golden: Golden) -> None:
    rows = "\n".join(row(stock) for stock in stocks())
    table = f"\n| stock | flat size | folded | envelope |\n|---|---|---|---|\n{rows}\n\n"
    golden(PAGE, TABLE.sub(lambda _: table, TEXT))


def test_the_files_of_the_page_work(notegen: Run, tmp_path: Path) -> None:
    assert [name for _, name, _ in FILES] == ["tag.yaml", "gate.yaml", "our-labels.yaml"]
    for folder, name, text in FILES:
        (tmp_path / folder).mkdir(exist_ok=True)
        (tmp_path / folder / name).write_text(text)
        shown = notegen("stock", "show", tmp_path / folder / name)
        assert (shown.status, shown.err) == (0, "")
    (tmp_path / "notegen.yaml").write_text("stock: tag\n")
    assert notegen("stock", "show", "gate", "--shop", tmp_path).status == 0
    assert "24 labels" in notegen("stock", "show", "our-labels", "--shop", tmp_path).out


def test_the_sheets_of_the_page_are_there() -> None:
    known = sheets()
    plain = [sheet.name for sheet in known if not sheet.brand]
    named = set(re.findall(r"`((?:a4|letter|tabloid|13x19|sra3)-[\w-]+)`", TEXT))
    assert named <= set(plain)
    assert len(plain) - len(named) <= 2
    assert known.get("8160") is known.get("avery-5160")
    assert known.get("L7160").paper == (210.0, 297.0)
    assert "more than nine hundred" in TEXT
    assert len(known) > 900


def test_the_commands_of_the_page_run(notegen: Run, tmp_path: Path) -> None:
    commands = re.findall(r"^notegen (stock .*?)(?:\s+#.*)?$", TEXT, re.M)
    assert len(commands) == 5
    for command in commands:
        words = [word.strip('"') for word in re.findall(r'"[^"]*"|\S+', command)]
        words = [str(tmp_path / word) if word.endswith(".pdf") else word for word in words]
        assert notegen(*words).status == 0
    refused = notegen("stock", "show", "rayfilm-7001").err
    assert refused in TEXT
