"""Every command does what its help says, on the shop that `notegen init` makes."""

from __future__ import annotations

import importlib
import json
import re
import tomllib
from pathlib import Path

import click
import pytest
from conftest import ROOT, Run
from PIL import Image

from notegen.cli.doctor import LIBRARIES
from notegen.cli.main import COMMANDS

FACTS = ("facts/customers.yaml", "-t", "thanks")


def words(shop: Path) -> tuple[str, ...]:
    """Return the facts and template arguments for a shop."""
    return (str(shop / FACTS[0]), *FACTS[1:])


def two(shop: Path) -> None:
    """Give the shop a second customer."""
    path = shop / "facts" / "customers.yaml"
    path.write_text(path.read_text() + "---\n" + path.read_text().replace("Ana Reyes", "Bo Lind").replace("Ana", "Bo"))


@pytest.mark.parametrize("name", COMMANDS)
def test_short_help_is_the_first_line_of_the_long_one(name: str) -> None:
    command = importlib.import_module(f"notegen.cli.{name}").command
    assert isinstance(command, click.Command)
    assert command.help is not None
    first = " ".join(command.help.split("\n\n")[0].split())
    assert first == COMMANDS[name]


@pytest.mark.parametrize("name", COMMANDS)
def test_help_has_an_example(name: str, notegen: Run) -> None:
    command = importlib.import_module(f"notegen.cli.{name}").command
    below = [(name, one) for one in command.commands] if isinstance(command, click.Group) else [(name,)]
    for path in below:
        ran = notegen(*path, "--help")
        assert ran.status == 0
        assert "Example" in ran.out
        assert f"notegen {' '.join(path)}" in ran.out


def test_version_and_help(notegen: Run) -> None:
    assert notegen("--version").out.startswith("notegen 0.")
    shown = notegen("--help").out
    assert all(name in shown for name in COMMANDS)


def test_init_makes_a_shop_that_is_clean_and_prints(notegen: Run, shop: Path) -> None:
    assert notegen("lint", shop).out == "no problems\n"
    assert notegen("batch", "--yes", "--no-ledger", *words(shop), "-o", shop / "cards.pdf").status == 0


def test_init_touches_nothing_that_is_there(notegen: Run, shop: Path) -> None:
    (shop / "notegen.yaml").write_text("hand: neat-print\n")
    ran = notegen("init", shop)
    assert ran.status == 2
    assert "notegen.yaml" in ran.err
    assert (shop / "notegen.yaml").read_text() == "hand: neat-print\n"


def test_write_prints_the_note_and_explains_it(notegen: Run, shop: Path) -> None:
    plain = notegen("write", *words(shop))
    assert "Thank you for coming in on Wednesday and for choosing the Brompton." in plain.out
    explained = notegen("write", *words(shop), "--explain").out
    assert "sale.date" in explained
    assert "customers.yaml:7" in explained
    assert "thanks.j2:8" in explained


def test_write_as_json_names_the_origin_of_every_character(notegen: Run, shop: Path) -> None:
    note = json.loads(notegen("write", *words(shop), "--json").out)["notes"][0]
    assert "".join(piece["text"] for piece in note["pieces"]) == note["text"]
    assert ["sale.short"] in [piece["facts"] for piece in note["pieces"]]


def test_write_as_json_has_the_findings_with_their_places(notegen: Run, shop: Path) -> None:
    path = shop / "facts" / "customers.yaml"
    path.write_text(path.read_text().replace("item: Brompton folding bicycle", "item: TBD"))
    told = json.loads(notegen("write", *words(shop), "--json").out)
    assert told["notes"] == [{"key": told["notes"][0]["key"], "text": None}]
    assert {(one["code"], one["line"]) for one in told["findings"]} >= {("T010", 4)}


def test_preview_makes_a_picture_of_one_and_a_sheet_of_several(notegen: Run, shop: Path) -> None:
    one, sheet = shop / "one.png", shop / "sheet.png"
    assert notegen("preview", *words(shop), "-o", one).status == 0
    two(shop)
    assert notegen("preview", *words(shop), "-o", sheet, "--columns", "2").status == 0
    assert notegen("preview", *words(shop), "-o", shop / "bo.png", "--only", "Bo Lind").out.startswith("1 card:")
    with Image.open(one) as first, Image.open(sheet) as second:
        assert first.format == second.format == "PNG"
        assert first.size != second.size


def test_batch_tells_how_many_and_where(notegen: Run, shop: Path) -> None:
    two(shop)
    ran = notegen("batch", "--yes", "--no-ledger", *words(shop), "-o", shop / "cards.pdf")
    assert ran.out.startswith(f"2 cards, 2 pages: {shop / 'cards.pdf'}")


def test_only_and_limit_pass_over_others_with_their_faults(notegen: Run, shop: Path) -> None:
    two(shop)
    path = shop / "facts" / "customers.yaml"
    head, tail = path.read_text().split("---\n")
    path.write_text(head + "---\n" + tail.replace("2026-03-04", "soon"))
    for words_more in (("--only", "Ana Reyes"), ("--limit", "1")):
        ran = notegen("batch", "--yes", "--no-ledger", *words(shop), "-o", shop / "cards.pdf", *words_more)
        assert (ran.status, ran.err) == (0, "")
        assert ran.out.startswith("1 card,")
    assert (
        notegen("batch", "--yes", "--no-ledger", *words(shop), "-o", shop / "cards.pdf", "--only", "Bo Lind").status
        == 1
    )


def test_only_takes_everybody_of_a_name(notegen: Run, shop: Path) -> None:
    path = shop / "facts" / "customers.yaml"
    path.write_text(path.read_text() + "---\n" + path.read_text().replace("2026-03-04", "2026-04-07"))
    ran = notegen("batch", "--yes", "--no-ledger", *words(shop), "-o", shop / "cards.pdf", "--only", "Ana Reyes")
    assert ran.out.startswith("2 cards,")


def test_init_takes_the_names_of_shop_and_signer(notegen: Run, tmp_path: Path) -> None:
    shop = tmp_path / "my shop"
    told = notegen("init", shop, "--shop", "O'Neill: Bikes", "--signer", "Zoë").out
    assert f"notegen lint '{shop}'" in told
    assert "Zoë\nO'Neill: Bikes" in notegen("write", *words(shop)).out


def test_batch_with_one_bad_customer_prints_nothing_unless_told_to_skip(notegen: Run, shop: Path) -> None:
    two(shop)
    path = shop / "facts" / "customers.yaml"
    head, tail = path.read_text().split("---\n")
    path.write_text(head + "---\n" + tail.replace("Brompton folding bicycle", "TBD").replace("the Brompton", "N/A"))
    ran = notegen("batch", "--yes", "--no-ledger", *words(shop), "-o", shop / "cards.pdf")
    assert ran.status == 1
    assert "left out: Bo Lind" in ran.err
    assert not (shop / "cards.pdf").exists()
    skipped = notegen("batch", "--yes", "--no-ledger", *words(shop), "-o", shop / "cards.pdf", "--skip-bad", "--json")
    assert skipped.status == 0
    told = json.loads(skipped.out)
    assert (told["pages"], [left["name"] for left in told["left_out"]]) == (1, ["Bo Lind"])
    assert (shop / "cards.pdf").exists()


def test_a_customer_whose_document_is_broken_is_named_by_its_place(notegen: Run, shop: Path) -> None:
    path = shop / "facts" / "customers.yaml"
    path.write_text(path.read_text() + '---\ncustomer: {name: "Bo\n')
    ran = notegen("batch", "--yes", "--no-ledger", *words(shop), "-o", shop / "cards.pdf", "--skip-bad")
    assert ran.status == 0
    assert "left out: a customer who could not be read" in ran.err


def test_lint_as_json_is_for_scripts(notegen: Run, shop: Path) -> None:
    (shop / "letter.txt").write_text("Dear Customer,\n\nPlease visit www.example.com/offers.\n")
    ran = notegen("lint", shop / "letter.txt", "--format", "json")
    assert ran.status == 1
    findings = json.loads(ran.out)["findings"]
    assert {"N102", "N110"} <= {one["code"] for one in findings}
    assert {(one["line"], one["code"]) for one in findings} >= {(3, "N102"), (1, "N110")}


BAD_TEMPLATE, BAD_SETTINGS = ("templates/bad.j2", "Dear {{ customer.name }\n"), ("notegen.yaml", "hund: tom\n")


@pytest.mark.parametrize(
    ("spoiled", "code", "command"),
    [
        (
            BAD_TEMPLATE,
            "T001",
            ("batch", "--yes", "--no-ledger", "facts/customers.yaml", "-t", "bad", "-o", "x.pdf", "--json"),
        ),
        (BAD_TEMPLATE, "T001", ("write", "facts/customers.yaml", "-t", "bad", "--json")),
        (
            BAD_SETTINGS,
            "F010",
            ("batch", "--yes", "--no-ledger", "facts/customers.yaml", "-t", "thanks", "-o", "x.pdf", "--json"),
        ),
        (BAD_SETTINGS, "F010", ("lint", "facts/customers.yaml", "--format", "json")),
        (BAD_SETTINGS, "F010", ("hand", "list", "--json")),
        (BAD_SETTINGS, "F010", ("stock", "show", "us-a2", "--json")),
        (BAD_SETTINGS, "F010", ("doctor", "--json")),
    ],
)
def test_what_ends_a_command_early_is_json_too(
    spoiled: tuple[str, str],
    code: str,
    command: tuple[str, ...],
    notegen: Run,
    shop: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A script that asked for JSON reads the same findings, whichever stage could not go on."""
    monkeypatch.chdir(shop)
    Path(spoiled[0]).write_text(spoiled[1])
    ran = notegen(*command)
    assert (ran.status, ran.err) == (1, "")
    assert code in [one["code"] for one in json.loads(ran.out)["findings"]]
    plain = notegen(*(word for word in command if word not in ("--json", "--format", "json")))
    assert plain.status == 1
    assert code in plain.said


def test_lint_of_no_path_judges_this_folder(notegen: Run, shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(shop)
    assert notegen("lint").out == "no problems\n"


def test_colours_come_and_go_as_asked(notegen: Run, shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (shop / "letter.txt").write_text("Dear Customer,\n")
    assert "\x1b[" not in notegen("lint", shop / "letter.txt").out
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[" in notegen("lint", shop / "letter.txt").out
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in notegen("lint", shop / "letter.txt").out


def test_hands_are_listed_and_shown(notegen: Run, tmp_path: Path) -> None:
    listed = json.loads(notegen("hand", "list", "--json").out)
    assert len(listed) >= 4
    assert len({hand["role"] for hand in listed}) >= 4
    for hand in listed:
        assert hand["licence"]
    path = tmp_path / "hand.png"
    assert notegen("hand", "show", listed[0]["name"], "-o", path).status == 0
    with Image.open(path) as picture:
        assert picture.width > 400
    assert "did you mean" in notegen("hand", "show", "quick-balpoint").err


def test_stocks_are_listed_and_shown(notegen: Run) -> None:
    names = {stock["name"] for stock in json.loads(notegen("stock", "list", "--json").out)}
    assert names >= {"us-a2", "us-a7", "postcard-4x6", "iso-a6", "iso-a5", "us-a2-folded"}
    assert "139.7" in notegen("stock", "show", "us-a2").out


def test_every_rule_is_listed_and_explained(notegen: Run) -> None:
    rules = json.loads(notegen("rule", "list", "--json").out)
    assert {rule["code"][0] for rule in rules} == set("ABCFGIMNPSTU")
    for rule in rules:
        by_code, by_name = notegen("rule", "explain", rule["code"]), notegen("rule", "explain", rule["name"])
        assert by_code.out == by_name.out
        assert len(by_code.out.splitlines()) > 6, rule["code"]


def test_schema_is_json_and_knows_the_shops_own_fields(notegen: Run, shop: Path) -> None:
    path = shop / "notegen.yaml"
    path.write_text(path.read_text() + "\nfields:\n  sale.trade_in: {kind: text, weight: 1, doc: traded in}\n")
    made = json.loads(notegen("schema", shop).out)
    assert "trade_in" in json.dumps(made)
    assert notegen("schema", shop, "-o", shop / "s.json").status == 0
    assert json.loads((shop / "s.json").read_text()) == made


def test_doctor_looks_at_every_library_that_is_needed() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert sorted(LIBRARIES) == sorted(re.split(r"[><=]", one)[0] for one in project["dependencies"])


def test_doctor_finds_this_machine_well(notegen: Run) -> None:
    ran = notegen("doctor", "--json")
    assert ran.status == 0, ran.out
    checks = {check["name"]: check for check in json.loads(ran.out)}
    assert checks["one card"]["found"].startswith("1 page")
    assert all(check["ok"] for check in checks.values())


def test_doctor_reports_a_broken_hand_and_goes_on(notegen: Run, shop: Path) -> None:
    (shop / "hands").mkdir()
    (shop / "hands" / "mine.yaml").write_text("title: My hand\n")
    ran = notegen("doctor", shop)
    assert "mine" in ran.out
    assert ran.status == 1
    assert notegen("lint", shop).status == 0


def test_init_in_a_checkout_keeps_the_ledger_out_of_git(notegen: Run, tmp_path: Path) -> None:
    (tmp_path / "repo" / ".git").mkdir(parents=True)
    ran = notegen("init", tmp_path / "repo" / "shop")
    assert ".gitignore" in ran.out
    assert (tmp_path / "repo" / "shop" / ".gitignore").read_text().split("\n")[1:] == [
        "notegen.db*", "notegen-*.db", "runs/", ""
    ]  # fmt: skip
    assert notegen("init", tmp_path / "alone").status == 0
    assert not (tmp_path / "alone" / ".gitignore").exists()


def test_init_touches_no_gitignore_that_is_there(notegen: Run, tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".gitignore").write_text("mine\n")
    assert notegen("init", tmp_path).status == 0
    assert (tmp_path / ".gitignore").read_text() == "mine\n"
