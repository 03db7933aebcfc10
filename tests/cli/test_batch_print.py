"""`notegen batch` makes press files, sheets, envelopes and slips: of the same people, and only if all of it is fit."""

from __future__ import annotations

import json
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from conftest import ROOT, Run
from PIL import Image

from notegen import preflight
from notegen.model.diagnostic import Severity
from notegen.pipeline import slips
from notegen.preflight import Finding, Report

PEOPLE = """\
customer:
  name: {name}
  greeting: {name}
  address: {{street: {number} Canal Street, city: Alder Bend, region: WI, postcode: "54999"}}
sale: {{date: 2026-03-04, item: Brompton folding bicycle, short: the Brompton number {number}}}
remember: ["You rode it {number} times around the block."]
"""
TEMPLATE = """\
---
name: thanks
requires: [sale.short, remember.0]
---
Dear {{ customer.greeting }},

Thank you for choosing {{ sale.short }}. {{ remember.0 }}

Warmly,
{{ shop.signer }}
"""
NAMES = ("Ana Reyes", "Bo Ito", "Cleo Marsh", "Dov Stern", "Eve Lund")


@pytest.fixture
def order(tmp_path: Path) -> tuple[object, ...]:
    """Return the first words of a batch of five people, in a shop of its own."""
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "thanks.j2").write_text(TEMPLATE)
    (tmp_path / "notegen.yaml").write_text(
        "shop:\n  name: Pennywhistle Cycles\n  signer: Nuria\n"
        '  address: {street: 30 Sea Wall, city: Port Ellery, region: OR, postcode: "97999"}\n'
        "hand: office-pen\nstock: us-a2\n"
    )
    facts = tmp_path / "people.yaml"
    facts.write_text("---\n".join(PEOPLE.format(name=name, number=n) for n, name in enumerate(NAMES, 11)))
    return ("batch", "--yes", "--no-ledger", facts, "-t", "thanks", "--today", "2026-03-05")


def words_of(path: Path) -> list[str]:
    """Return the text of each page."""
    document = pypdfium2.PdfDocument(path)
    return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


def test_a_press_file_is_pdf_x_and_says_what_preflight_thinks(
    notegen: Run, order: tuple[object, ...], tmp_path: Path
) -> None:
    target = tmp_path / "press.pdf"
    ran = notegen(*order, "-o", target, "--for", "press", "--condition", "fogra39")
    assert ran.status == 0, ran.err
    assert "preflight: no problems" in ran.out
    with pikepdf.open(target) as pdf:
        (intent,) = pdf.Root.OutputIntents
        assert intent.S == "/GTS_PDFX"
        assert str(intent.OutputConditionIdentifier) == "FOGRA39"
        assert len(pdf.pages) == len(NAMES)
    told = json.loads(notegen(*order, "-o", target, "--for", "press", "--json").out)
    assert told["preflight"]["files"][0]["ok"] is True


def test_a_press_file_that_preflight_refuses_is_never_left_behind(
    notegen: Run, order: tuple[object, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "press.pdf"
    target.write_bytes(b"yesterday's")
    wrong = Finding("P130", Severity.ERROR, "a font is not in the file", "embed it", (2,), "7 0")
    monkeypatch.setattr(preflight, "check", lambda _path, name, **_given: Report(name, 5, (wrong,), (), ()))
    ran = notegen(*order, "-o", target, "--for", "press")
    assert ran.status == 1
    assert f"{target}: page 2, object 7 0: P130 error: a font is not in the file" in ran.err
    assert "not be fit for the press" in ran.err
    assert target.read_bytes() == b"yesterday's"
    told = json.loads(notegen(*order, "-o", target, "--for", "press", "--json").out)
    assert (told["file"], told["pages"], told["preflight"]["files"][0]["ok"]) == (None, 0, False)


def test_cards_on_sheets_come_in_order_with_their_backs(
    notegen: Run, order: tuple[object, ...], tmp_path: Path
) -> None:
    target = tmp_path / "sheets.pdf"
    ran = notegen(*order, "-o", target, "--sheet", "letter-4up", "--fill", "stack", "--matching")
    assert ran.status == 0, ran.err
    assert "5 pieces on 2 sheets" in ran.out
    pages = words_of(target)
    assert len(pages) == 4
    greeted = [[name for name in NAMES if f"Dear {name}" in page] for page in pages]
    # Five cards on two sheets of four, cut and stacked: 1 3 5 on the first, 2 4 on the second.
    assert [sorted(some) for some in greeted] == [
        ["Ana Reyes", "Cleo Marsh", "Eve Lund"],
        [],
        ["Bo Ito", "Dov Stern"],
        [],
    ]
    with pikepdf.open(target) as pdf:
        assert pdf.Root.ViewerPreferences.Duplex == "/DuplexFlipLongEdge"


def test_envelopes_slip_and_cards_are_of_the_same_people(
    notegen: Run, order: tuple[object, ...], tmp_path: Path
) -> None:
    cards, envelopes, slip = (tmp_path / f"{name}.pdf" for name in ("cards", "envelopes", "slip"))
    ran = notegen(*order, "-o", cards, "--matching", "--envelopes", envelopes, "--slip", slip)
    assert ran.status == 0, ran.err
    backs, flaps = words_of(cards)[1::2], words_of(envelopes)[1::2]
    with pikepdf.open(envelopes) as pdf:
        assert pdf.Root.ViewerPreferences.Duplex == "/DuplexFlipShortEdge"
    assert backs == flaps
    assert len(set(backs)) == len(NAMES)
    (listed,) = words_of(slip)
    for name, mark in zip(NAMES, backs, strict=True):
        assert name in listed
        assert mark.split()[0] in listed


def test_who_has_no_address_has_no_card_either(notegen: Run, order: tuple[object, ...], tmp_path: Path) -> None:
    facts = tmp_path / "people.yaml"
    facts.write_text(facts.read_text().replace("  address: {street: 12 Canal", "  # {street: 12 Canal"))
    cards, envelopes, slip = (tmp_path / f"{name}.pdf" for name in ("cards", "envelopes", "slip"))
    ran = notegen(*order, "-o", cards, "--envelopes", envelopes)
    assert ran.status == 1
    assert "M101" in ran.err or "address" in ran.err
    assert not cards.exists() and not envelopes.exists()
    ran = notegen(*order, "-o", cards, "--matching", "--envelopes", envelopes, "--slip", slip, "--skip-bad")
    assert ran.status == 0, ran.err
    assert "left out: Bo Ito" in ran.err
    assert len(words_of(cards)) == len(words_of(envelopes)) == 8
    assert "Bo Ito" not in " ".join((*words_of(cards), *words_of(envelopes), *words_of(slip)))
    # Whoever is left out, the others keep their marks.
    marks = words_of(cards)[1::2]
    assert notegen(*order, "-o", cards, "--matching").status == 0
    assert [mark for mark in words_of(cards)[1::2] if mark in marks] == marks


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--skip", "2"), "none is named"),
        (("--fill", "stack"), "none is named"),
        (("--duplex", "long"), "--duplex is of a sheet, and none is named"),
        (("--sheet", "letter", "--duplex", "long"), "nothing is printed on the backs"),
        (("--sheet", "avery-5160"), "mm"),
        (("--sheet", "leter"), "did you mean 'letter'"),
        (("--vt",), "press files alone"),
        (("--for", "press", "--plate", "process", "--no-tints"), "the press is said to have none"),
        (("--condition", "gracol", "--icc", "x.icc"), "both a condition and a profile"),
        (("--condition", "gracoll"), "did you mean 'gracol'"),
        (("--printer", "office"), "printer"),
        (("--slip", "cards.pdf"), "have one name"),
        (("--addressed", "--matching", "--stock", "postcard-4x6"), "could match"),
        (("--slip", "slip.txt"), "does not end in .pdf"),
        (("--art", "none.pdf"), "there is no file"),
    ],
)
def test_what_cannot_be_printed_is_said_and_nothing_is_written(
    notegen: Run,
    order: tuple[object, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = notegen(*order, "-o", "cards.pdf", *words)
    assert ran.status == 2, ran.said
    assert said in ran.err
    assert not Path("cards.pdf").exists()


def test_the_shop_says_how_it_prints_and_the_command_wins(
    notegen: Run, order: tuple[object, ...], tmp_path: Path
) -> None:
    with (tmp_path / "notegen.yaml").open("a") as settings:
        settings.write("print: {for: press, condition: fogra29, matching: yes}\n")
    target = tmp_path / "cards.pdf"
    assert notegen(*order, "-o", target).status == 0
    with pikepdf.open(target) as pdf:
        assert str(pdf.Root.OutputIntents[0].OutputConditionIdentifier) == "FOGRA29"
        assert len(pdf.pages) == 2 * len(NAMES)
    assert notegen(*order, "-o", target, "--for", "desktop", "--no-matching").status == 0
    with pikepdf.open(target) as pdf:
        assert "/OutputIntents" not in pdf.Root
        assert len(pdf.pages) == len(NAMES)


@pytest.mark.parametrize("purpose", ["press", "desktop", "screen"])
def test_the_same_order_gives_the_same_bytes(
    notegen: Run, order: tuple[object, ...], tmp_path: Path, purpose: str
) -> None:
    one, other = tmp_path / "a.pdf", tmp_path / "b.pdf"
    for target in (one, other):
        assert notegen(*order, "-o", target, "--for", purpose, "--matching").status == 0
    assert one.read_bytes() == other.read_bytes()


def test_a_picture_that_is_let_pass_is_let_pass_by_preflight_too(
    notegen: Run, order: tuple[object, ...], tmp_path: Path
) -> None:
    Image.new("RGB", (700, 540), (200, 120, 40)).save(tmp_path / "low.png")
    target = tmp_path / "cards.pdf"
    words = (*order, "-o", target, "--for", "press", "--art", tmp_path / "low.png")
    refused = notegen(*words)
    assert refused.status == 1
    assert "G110" in refused.err
    assert not target.exists()
    ran = notegen(*words, "--low-resolution")
    assert ran.status == 0, ran.err


def test_plates_that_the_print_shop_knows_are_no_finding(
    notegen: Run, order: tuple[object, ...], tmp_path: Path
) -> None:
    target = tmp_path / "cards.pdf"
    words = (*order, "-o", target, "--for", "press", "--ink", "sepia")
    assert "P145" in notegen(*words).out
    with (tmp_path / "notegen.yaml").open("a") as settings:
        settings.write("print: {spots: [Reflex Blue]}\n")
    ran = notegen(*words)
    assert ran.status == 0, ran.err
    assert "P145" not in ran.out


def test_postcards_carry_their_address_on_the_other_side(
    notegen: Run, order: tuple[object, ...], tmp_path: Path
) -> None:
    target = tmp_path / "cards.pdf"
    ran = notegen(*order, "-o", target, "--stock", "postcard-4x6", "--addressed", "--for", "press", "--marks", "none")
    assert ran.status == 0, ran.err
    pages = words_of(target)
    for number, name in enumerate(NAMES):
        assert f"Dear {name}" in pages[2 * number]
        assert f"{name} {number + 11} Canal Street" in pages[2 * number + 1]
        assert "Pennywhistle Cycles" in pages[2 * number + 1]


def test_an_address_goes_in_one_place_that_has_room_for_it(
    notegen: Run, order: tuple[object, ...], tmp_path: Path
) -> None:
    target, drawing = tmp_path / "cards.pdf", tmp_path / "a.svg"
    drawing.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="160mm" height="110mm"><path d="M0 0h9v9z"/></svg>'
    )
    postcard = (*order, "-o", target, "--stock", "postcard-4x6")
    for words, said in (
        ((*order, "-o", target, "--addressed"), "us-a2 has no side for an address"),
        ((*postcard, "--envelopes", tmp_path / "e.pdf"), "mailed without an envelope"),
        ((*postcard, "--addressed", "--envelopes", tmp_path / "e.pdf"), "goes without an envelope"),
        ((*postcard, "--addressed", "--art", drawing), "would be on one side"),
        ((*postcard, "--frames"), "and none is printed"),
        ((*postcard, "--addressed", "--frames"), "goes by the post of US"),
    ):
        ran = notegen(*words)
        assert ran.status == 2, ran.said
        assert said in ran.err
        assert not target.exists()


def test_a_letter_that_plain_type_lacks_is_a_box_on_paper_and_named(
    notegen: Run, order: tuple[object, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("notegen.plain.setting.lacking", lambda text: "C" if "C" in text else "")
    monkeypatch.setattr("notegen.plain.lacking", lambda text: "C" if "C" in text else "")
    for command in ("slip", "copy"):
        target = tmp_path / f"{command}.pdf"
        ran = notegen(command, *order[3:], "-o", target)
        assert ran.status == 0, ran.err
        assert "S103" in ran.err
        assert "plain type has no 'C', which Cleo Marsh needs" in ran.err
        assert "□leo Marsh" in " ".join(words_of(target))


def test_cards_envelopes_and_slip_are_written_all_or_none(
    notegen: Run, order: tuple[object, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cards, envelopes = tmp_path / "cards.pdf", tmp_path / "envelopes.pdf"
    nowhere = tmp_path / "nowhere" / "slip.pdf"
    ran = notegen(*order, "-o", cards, "--envelopes", envelopes, "--slip", nowhere)
    assert ran.status == 2
    assert f"there is no folder {nowhere.parent}" in ran.err
    assert not cards.exists() and not envelopes.exists()
    wrong = Finding("P130", Severity.ERROR, "a font is not in the file", "embed it", (2,), "7 0")

    def judged(_path: Path, name: str, **_given: object) -> Report:
        return Report(name, 5, (wrong,) if name == str(envelopes) else (), (), ())

    monkeypatch.setattr(preflight, "check", judged)
    slip = tmp_path / "slip.pdf"
    words = (*order, "-o", cards, "--envelopes", envelopes, "--slip", slip, "--for", "press")
    ran = notegen(*words)
    assert ran.status == 1
    assert f"{envelopes}: page 2, object 7 0: P130 error" in ran.err
    assert not any(one.exists() for one in (cards, envelopes, slip))
    told = json.loads(notegen(*words, "--json").out)
    assert (told["file"], told["envelopes"], told["slip"]) == (None, None, None)


def test_scripts_are_told_of_every_file_and_its_preflight(
    notegen: Run, order: tuple[object, ...], tmp_path: Path
) -> None:
    cards, envelopes, slip = (tmp_path / f"{name}.pdf" for name in ("cards", "envelopes", "slip"))
    words = (*order, "-o", cards, "--envelopes", envelopes, "--slip", slip, "--for", "press")
    told = json.loads(notegen(*words, "--json").out)
    assert (told["file"], told["envelopes"], told["slip"]) == (str(cards), str(envelopes), str(slip))
    assert [one["file"] for one in told["preflight"]["files"]] == [str(cards), str(envelopes)]
    assert notegen(*words).out.count("preflight: no problems") == 2


def test_slots_may_be_of_the_sheet_that_the_shop_names(notegen: Run, order: tuple[object, ...], tmp_path: Path) -> None:
    with (tmp_path / "notegen.yaml").open("a") as settings:
        settings.write("print: {sheet: letter-4up}\n")
    target = tmp_path / "sheets.pdf"
    ran = notegen(*order, "-o", target, "--skip", "2", "--fill", "stack")
    assert ran.status == 0, ran.err
    assert "5 pieces on 2 sheets" in ran.out


@pytest.mark.parametrize("way", ["--envelopes", "--addressed"])
def test_who_asked_for_no_mail_gets_neither_card_nor_address(
    notegen: Run, order: tuple[object, ...], tmp_path: Path, way: str
) -> None:
    with (tmp_path / "notegen.yaml").open("a") as settings:
        settings.write("print: {matching: yes}\n")
    facts = tmp_path / "people.yaml"
    first, rest = facts.read_text().split("---\n", 1)
    facts.write_text(f"{first}preferences: {{do_not_mail: yes}}\n---\n{rest}")
    cards, envelopes = tmp_path / "cards.pdf", tmp_path / "envelopes.pdf"
    more = ("--envelopes", envelopes) if way == "--envelopes" else ("--addressed", "--stock", "postcard-4x6")
    ran = notegen(*order, "-o", cards, *more)
    assert ran.status == 1
    assert not cards.exists() and not envelopes.exists()
    ran = notegen(*order, "-o", cards, *more, "--skip-bad")
    assert ran.status == 0, ran.err
    assert "left out: Ana Reyes" in ran.err
    printed = " ".join(words_of(cards) + (words_of(envelopes) if envelopes.exists() else []))
    assert "11 Canal Street" not in printed and "12 Canal Street" in printed
    assert "Ana Reyes" not in printed


def test_cards_and_envelopes_of_other_people_are_never_written(
    notegen: Run, order: tuple[object, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = slips.agree((), ("ana",), ())
    assert [one.code for one in found] == ["S101"]
    monkeypatch.setattr(slips, "agree", lambda *_given: found)
    cards, slip = tmp_path / "cards.pdf", tmp_path / "slip.pdf"
    ran = notegen(*order, "-o", cards, "--slip", slip, "--skip-bad")
    assert ran.status == 1
    assert "S101" in ran.err
    assert not cards.exists() and not slip.exists()


@pytest.mark.parametrize("way", ["--seed", "seed:"])
def test_cards_envelopes_and_slip_of_separate_runs_agree_for_one_seed(
    notegen: Run, order: tuple[object, ...], tmp_path: Path, way: str
) -> None:
    cards, envelopes, slip = (tmp_path / f"{name}.pdf" for name in ("cards", "envelopes", "slip"))
    settings = tmp_path / "notegen.yaml"
    plain = settings.read_text()

    def marks(seed: int) -> list[str]:
        more = ("--seed", seed) if way == "--seed" else ()
        settings.write_text(plain if more else f"{plain}seed: {seed}\n")
        facts, today = order[3], ("--today", "2026-03-05")
        assert notegen(*order, "-o", cards, "--matching", *more).status == 0
        assert notegen("envelopes", facts, "-o", envelopes, "--matching", *today, *more).status == 0
        listed = json.loads(notegen("slip", *order[3:], "-o", slip, "--json", *more).out)["rows"]
        backs, flaps = words_of(cards)[1::2], words_of(envelopes)[1::2]
        assert backs == flaps == [f"{row['mark']} {row['number']}" for row in listed]
        return backs

    assert not {one.split()[0] for one in marks(7)} & {one.split()[0] for one in marks(8)}


def test_a_postcard_of_plain_paper_says_in_japan_that_it_is_one(notegen: Run, tmp_path: Path) -> None:
    target, facts = tmp_path / "hagaki.pdf", ROOT / "samples" / "tokyo-training" / "facts" / "signing-day.yaml"
    words = (
        "batch",
        "--yes",
        "--no-ledger",
        facts,
        "-t",
        "same-day-thanks",
        "-o",
        target,
        "--stock",
        "hagaki",
        "--today",
        "2025-11-25",
    )
    for more, said in (((), False), (("--frames",), True)):
        assert notegen(*words, "--addressed", *more).status == 0
        assert ["郵便はがき" in page for page in words_of(target)[1::2]] == [said] * 3
