"""`notegen envelopes`, `labels` and `mailcheck` as a shell runs them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import Run

from notegen.layout import stocks
from notegen.preview import page_count

PEOPLE = """\
customer: {name: Ana Reyes, address: {street: 14 Quarry Road, city: Alder Bend, region: WI, postcode: 54999-1234}}
sale: {date: 2026-03-04, item: Brompton}
---
customer: {name: Bo Lind, address: {street: 9 Birch Street, city: Alder Bend, region: WI, postcode: "54999"}}
sale: {date: 2026-03-05, item: Brompton}
preferences: {do_not_mail: yes}
"""
NOBODY = "---\ncustomer: {name: Cara Voss}\nsale: {date: 2026-03-06, item: Brompton}\n"


@pytest.fixture
def people(shop: Path) -> Path:
    """A shop with an address and two customers, of whom one asked for no mail; the path of its facts."""
    settings = shop / "notegen.yaml"
    address = "\nshop:\n  address: {street: 1 Main Street, city: Alder Bend, postcode: '54999', country: US}"
    settings.write_text(settings.read_text().replace("\nshop:", address, 1))
    path = shop / "facts" / "customers.yaml"
    path.write_text(PEOPLE)
    return path


def test_envelopes_are_printed_and_who_has_none_is_named(notegen: Run, people: Path) -> None:
    target = people.parent / "envelopes.pdf"
    ran = notegen("envelopes", people, "-o", target, "--imb", "00,300,123456")
    assert ran.status == 0, ran.said
    assert ran.out.startswith(f"1 envelope, 1 page, 1 left out: {target}")
    assert "left out: Bo Lind (bo-lind-2026-03-05): asked for no mail" in ran.err
    assert page_count(target) == 1


def test_envelopes_tell_scripts_the_same(notegen: Run, people: Path) -> None:
    told = json.loads(notegen("envelopes", people, "-o", people.parent / "e.pdf", "--flap", "--json").out)
    assert (told["envelopes"], told["pages"]) == (["ana-reyes-2026-03-04"], 2)
    assert told["left_out"] == [{"key": "bo-lind-2026-03-05", "name": "Bo Lind", "reasons": ["asked for no mail"]}]


def test_somebody_without_an_address_keeps_the_file_from_being_written(notegen: Run, people: Path) -> None:
    people.write_text(PEOPLE + NOBODY)
    target = people.parent / "e.pdf"
    ran = notegen("envelopes", people, "-o", target)
    assert ran.status == 1
    assert "customers.yaml:8:18" in ran.err
    assert not target.exists()
    assert notegen("envelopes", people, "-o", target, "--skip-bad").status == 0
    assert notegen("envelopes", people, "-o", target, "--only", "Ana Reyes").status == 0
    assert notegen("envelopes", people, "-o", target, "--only", "Bo Lind").status == 1


def test_handwritten_guides_frames_and_stamps_go_together(notegen: Run, people: Path) -> None:
    target = people.parent / "e.pdf"
    ran = notegen("envelopes", people, "-o", target, "--handwritten", "--hand", "neat-print", "--guides", "--stamp")
    assert ran.status == 0
    assert "M204" in ran.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--stock", "us-a7"), "is a card and no envelope"),
        (("--stock", "env-a9"), "did you mean"),
        (("--post", "Atlantis"), "no country 'Atlantis'"),
        (("--imb", "1,2"), "does not name a series"),
        (("--imb", "00,300,123456,x"), "does not name a series"),
        (("--handwritten", "--hand", "neat-prnt"), "did you mean"),
        (("-o", "e.txt"), "does not end in .pdf"),
    ],
)
def test_envelopes_refuse_what_there_is_not(notegen: Run, people: Path, words: tuple[str, ...], said: str) -> None:
    ran = notegen("envelopes", people, "-o", people.parent / "e.pdf", *words)
    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err
    assert not list(people.parent.glob("e.*"))


def test_envelopes_for_the_press_pass_our_own_preflight(notegen: Run, people: Path) -> None:
    target = people.parent / "press.pdf"
    words = ("envelopes", people, "-o", target, "--for", "press", "--imb", "00,300,123456", "--stamp", "--json")
    told = json.loads(notegen(*words).out)
    assert told["pages"] == 1
    assert [one["findings"] for one in told["preflight"]["files"]] == [[]]
    assert notegen("check", target, "--stock", "env-a7").status == 0


def test_a_hagaki_is_addressed_on_its_own_side(notegen: Run, people: Path) -> None:
    target = people.parent / "h.pdf"
    ran = notegen("envelopes", people, "-o", target, "--stock", "hagaki", "--post", "JP", "--frames", "--no-return")
    assert ran.status == 0, ran.said
    assert page_count(target) == 1


def test_labels_skip_those_that_are_gone(notegen: Run, people: Path) -> None:
    target = people.parent / "l.pdf"
    assert notegen("labels", people, "-o", target, "--skip", "29").out.startswith("1 label, 1 page, 1 left out")
    assert page_count(target) == 1
    assert notegen("labels", people, "-o", target, "--skip", "30").status == 2
    assert "did you mean" in notegen("labels", people, "-o", target, "--sheet", "avery-51600").err
    unknown = notegen("labels", people, "-o", target, "--sheet", "qqq")
    assert (unknown.status, len(unknown.err.splitlines())) == (2, 2)
    assert len(unknown.err) < 200
    assert notegen("labels", people, "-o", target, "--sheet", "avery-5167", "--return").status == 0
    ran = notegen("labels", people, "-o", target, "--sheet", "avery-5167", "--return", "--count", "81")
    assert ran.out.startswith("81 labels, 2 pages")
    assert notegen("labels", people, "-o", target, "--count", "3").status == 2


def test_labels_tell_scripts_the_same(notegen: Run, people: Path) -> None:
    told = json.loads(notegen("labels", people, "-o", people.parent / "l.pdf", "--json").out)
    assert (told["labels"], told["pages"], len(told["left_out"])) == (["ana-reyes-2026-03-04"], 1, 1)


def test_mailcheck_names_the_class_what_breaks_the_others_and_sources(notegen: Run) -> None:
    ran = notegen("mailcheck", "--size", "5.5x5.5in", "--to", "US", "--to", "DE")
    assert ran.status == 0
    assert "US: First-Class Mail letter with the nonmachinable surcharge (us-nonmachinable)" in ran.out
    assert "aspect ratio 1, at least 1.3" in ran.out
    assert "source: DMM 101.1.2a" in ran.out
    assert "DE: Deutsche Post Großbrief" in ran.out


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("--stock", "env-a7", "--as", "us-letter"), 0),
        (("--stock", "env-a7", "--as", "de-standardbrief"), 1),
        (("--size", "140x140", "--as", "us-letter"), 1),
        (("--stock", "postcard-4x6", "--paper", "300", "--as", "us-card"), 0),
        (("--stock", "postcard-4x6", "--paper", "120", "--as", "us-card"), 1),
        (("--size", "100x60", "--to", "US"), 1),
        (("--size", "100x60"), 0),
        (("--size", "184x133", "--to", "FR"), 2),
        (("--size", "184x133", "--to", "UK"), 0),
        (("--size", "184x133", "--as", "us-leter"), 2),
        (("--size", "184"), 2),
        (("--size", "0x10"), 2),
        (("--size", "1..2x10"), 2),
        (("--stock", "env-a7", "--size", "1x1"), 2),
        ((), 2),
    ],
)
def test_mailcheck_ends_as_what_was_asked_for(notegen: Run, words: tuple[str, ...], status: int) -> None:
    assert notegen("mailcheck", *words).status == status


def test_mailcheck_tells_scripts_every_limit_with_its_source(notegen: Run) -> None:
    told = json.loads(notegen("mailcheck", "--stock", "us-a7-folded", "--paper", "300", "--to", "US", "--json").out)
    assert told["class"] == {"US": "us-letter"}
    assert told["piece"]["estimated"] == ["weight", "thickness"]
    assert all(limit["source"] for one in told["classes"] for limit in one["limits"])
    assert {one["name"] for one in told["classes"]} >= {"us-card", "us-letter", "us-large-envelope"}


def test_return_labels_for_each_customer_pass_nobody_over_in_silence(notegen: Run, people: Path) -> None:
    people.write_text(PEOPLE + NOBODY)
    target = people.parent / "labels.pdf"
    ran = notegen("labels", people, "-o", target, "--return")
    assert ran.status == 1
    assert "there is no address for Cara Voss" in ran.err
    assert not target.exists()
    ran = notegen("labels", people, "-o", target, "--return", "--skip-bad")
    assert ran.status == 0, ran.said
    assert ran.out.startswith("1 label, 1 page, 2 left out")
    ran = notegen("labels", people, "-o", target, "--return", "--count", "3")
    assert ran.out.startswith("3 labels, 1 page: ")


def test_labels_are_put_right_for_the_printer_that_the_shop_names(notegen: Run, people: Path, shop: Path) -> None:
    target = people.parent / "labels.pdf"
    assert notegen("labels", people, "-o", target).status == 0
    plain = target.read_bytes()
    (shop / "printers").mkdir()
    (shop / "printers" / "office.yaml").write_text("front: [0.4, 0]\n")
    assert notegen("labels", people, "-o", target, "--printer", "office").status == 0
    moved = target.read_bytes()
    (shop / "notegen.yaml").write_text((shop / "notegen.yaml").read_text() + "\nprint: {printer: office}\n")
    assert notegen("labels", people, "-o", target).status == 0
    assert target.read_bytes() == moved != plain


def test_a_folded_card_without_an_envelope_is_as_large_as_it_is_when_closed(notegen: Run, shop: Path) -> None:
    known = (Path(stocks.__file__).parent / "us-a7-folded.yaml").read_text()
    (shop / "stocks").mkdir(exist_ok=True)
    own = "".join(line for line in known.splitlines(keepends=True) if not line.startswith(("envelope:", "aka:")))
    (shop / "stocks" / "ours.yaml").write_text(own)
    words = ("mailcheck", "--shop", shop, "--paper", "300", "--to", "US", "--json")
    told = json.loads(notegen(*words, "--stock", "ours").out)["piece"]
    assert sorted(told["size"]) == pytest.approx([127, 177.8])
    assert told["weight"] > 300 * 0.127 * 0.3556
    ran = notegen(*words, "--stock", "ours", "--card")
    assert (ran.status, "ours is folded" in ran.err) == (2, True)


def test_the_ink_of_a_handwritten_address_is_a_plate_that_is_known(notegen: Run, people: Path, shop: Path) -> None:
    (shop / "notegen.yaml").write_text((shop / "notegen.yaml").read_text() + "\nprint: {spots: [Reflex Blue]}\n")
    words = ("envelopes", people, "-o", people.parent / "e.pdf", "--handwritten", "--ink", "sepia spot")
    ran = notegen(*words, "--for", "press", "--json")
    (file,) = json.loads(ran.out)["preflight"]["files"]
    assert [one for one in file["findings"] if "spot" in one["message"] or "plate" in one["message"]] == []
