"""What goes wrong in printing ends in one sentence, status 1 or 2 and no half of a file; what is said is heeded."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from conftest import Run
from PIL import Image

from notegen import preflight
from notegen.cli import init
from notegen.model.diagnostic import Severity
from notegen.preflight import Finding, Report

PERSON = """\
customer:
  name: {name}
  greeting: {name}
  address: {{street: {number} Canal Street, city: Alder Bend, region: WI, postcode: "54999"}}
sale: {{date: 2026-03-04, item: Brompton folding bicycle, short: the Brompton number {number}}}
remember: ["You rode it {number} times around the block."]
"""
NOTEGEN_YAML = """\
shop:
  name: Pennywhistle Cycles
  signer: Nuria
  address: {street: 30 Sea Wall, city: Port Ellery, region: OR, postcode: "97999"}
hand: office-pen
stock: us-a2
"""
PROFILE = Path(__file__).parents[2] / "notegen" / "press" / "profiles" / "fogra39.icc"


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a shop of two customers, into which the command is moved."""
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "thanks.j2").write_text(init.TEMPLATE)
    (tmp_path / "notegen.yaml").write_text(NOTEGEN_YAML)
    facts = "---\n".join(PERSON.format(name=name, number=n) for n, name in enumerate(("Ana Reyes", "Bo Ito"), 11))
    (tmp_path / "people.yaml").write_text(facts)
    monkeypatch.setenv("NOTEGEN_CONFIG", str(tmp_path / "config"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


BATCH = ("batch", "--yes", "--no-ledger", "people.yaml", "-t", "thanks", "--today", "2026-03-05", "-o", "cards.pdf")


def pdfs(shop: Path) -> list[str]:
    """Return the names of what was written, and of what was begun."""
    return sorted(one.name for one in shop.iterdir() if one.suffix in (".pdf", ".png", ".csv", ".part"))


def pages(shop: Path) -> list[pikepdf.Page]:
    """Return the pages of the cards."""
    with pikepdf.open(shop / "cards.pdf") as pdf:
        return [pikepdf.unparse_content_stream(pikepdf.parse_content_stream(page)) for page in pdf.pages]


# Profiles


def test_a_profile_that_does_not_convert_is_refused_before_it_is_embedded(notegen: Run, shop: Path) -> None:
    data = bytearray(PROFILE.read_bytes())
    for at in range(200, 60_000, 7):
        data[at] ^= 0x5A
    (shop / "own.icc").write_bytes(data)
    Image.new("RGB", (1800, 1400), "teal").save(shop / "art.png")
    for more in ((), ("--art", "art.png")):
        ran = notegen(*BATCH, "--for", "press", "--icc", "own.icc", *more)
        assert (ran.status, pdfs(shop)) == (2, ["art.png"])
        assert "own.icc: the profile's tables cannot be read" in ran.err


def test_what_never_ends_is_not_read_to_its_end(notegen: Run, shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("notegen.preflight.opening.LARGEST", 1024**2)
    for args in (
        ("check", "/dev/zero"),
        (*BATCH, "--for", "press", "--icc", "/dev/zero"),
        (*BATCH, "--art", "/dev/zero"),
        ("envelopes", "/dev/zero", "-o", "e.pdf"),
        ("impose", "/dev/zero", "--sheet", "a4", "-o", "s.pdf"),
    ):
        ran = notegen(*args)
        assert ran.status == 2, args
        assert "/dev/zero is larger than" in ran.err or "/dev/zero is no ordinary file" in ran.err
    assert pdfs(shop) == []


# Files that belong together


@pytest.mark.parametrize(
    "args",
    [
        (*BATCH, "--envelopes", "nowhere/e.pdf"),
        (*BATCH, "--slip", "nowhere/s.pdf"),
        ("slip", *BATCH[3:], "--csv", "nowhere/s.csv"),
    ],
)
def test_a_folder_that_is_not_there_is_found_before_anything_is_written(
    notegen: Run, shop: Path, args: tuple[str, ...]
) -> None:
    ran = notegen(*args)
    assert (ran.status, pdfs(shop)) == (2, [])
    assert "there is no folder nowhere" in ran.err


def test_a_picture_of_a_sheet_without_a_folder_leaves_no_sheet(notegen: Run, shop: Path) -> None:
    assert notegen(*BATCH).status == 0
    ran = notegen("impose", "cards.pdf", "--sheet", "letter", "-o", "sheets.pdf", "--preview", "nowhere/p.png")
    assert (ran.status, pdfs(shop)) == (2, ["cards.pdf"])


def test_envelopes_that_are_not_fit_leave_no_cards_either(
    notegen: Run, shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The cards pass, the envelopes do not."""
    fault = Finding("P140", Severity.ERROR, "an area is in DeviceRGB", 1, "", 1)
    real = preflight.check

    def check(path: Path, **known: Any) -> Report:
        report = real(path, **known)
        return replace(report, findings=(fault,)) if ".envelopes" in path.name else report

    monkeypatch.setattr(preflight, "check", check)
    ran = notegen(*BATCH, "--for", "press", "--envelopes", "envelopes.pdf")
    assert ran.status == 1
    assert "no PDF was written" in ran.err
    assert pdfs(shop) == []


def test_files_that_belong_together_all_come_or_none(notegen: Run, shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk is full when the slip, the last of three, is written."""
    (shop / "cards.pdf").write_bytes(b"of yesterday")
    real = os.fsync
    done: list[int] = []

    def full(handle: int) -> None:
        done.append(handle)
        if len(done) == 3:
            raise OSError(errno.ENOSPC, "No space left on device")
        real(handle)

    monkeypatch.setattr(os, "fsync", full)
    ran = notegen(*BATCH, "--envelopes", "envelopes.pdf", "--slip", "slip.pdf")
    assert (ran.status, pdfs(shop)) == (2, ["cards.pdf"])
    assert "cannot write slip.pdf: No space left on device" in ran.err
    assert (shop / "cards.pdf").read_bytes() == b"of yesterday"


def test_two_files_of_one_name_are_told_which(notegen: Run, shop: Path) -> None:
    ran = notegen(*BATCH, "--slip", "./cards.pdf")
    assert ran.status == 2
    assert "give -o, --envelopes and --slip a name each" in ran.err


ON_A_SMALL_DISK = """
import resource, signal, sys
from notegen.cli.main import main
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
main()
"""
"""No file may be larger than 20 kB, which the system tells when it is written to, as it does of a full disk."""


def test_a_full_disk_does_not_kill_the_process_of_imposing(notegen: Run, shop: Path) -> None:
    """In a process of its own: qpdf would abort it, and leave a temporary file."""
    assert notegen(*BATCH).status == 0
    args = [sys.executable, "-c", ON_A_SMALL_DISK, "impose", "cards.pdf", "--sheet", "letter", "-o", "sheets.pdf"]
    ran = subprocess.run(args, cwd=shop, capture_output=True, text=True, timeout=120, check=False)
    assert ran.returncode == 2, ran.stderr
    assert "cannot write sheets.pdf: File too large" in ran.stderr
    assert pdfs(shop) == ["cards.pdf"]


# What notegen.yaml says counts, and where it is wrong is said


def with_print(shop: Path, text: str) -> None:
    """Add settings of printing to the shop's."""
    (shop / "notegen.yaml").write_text(f"{NOTEGEN_YAML}print: {text}\n")


@pytest.mark.parametrize("more", [("--skip", "1"), ("--fill", "stack"), ("--rtl",)])
def test_the_sheet_of_the_shop_has_slots_and_an_order(notegen: Run, shop: Path, more: tuple[str, ...]) -> None:
    with_print(shop, "{sheet: letter}")
    ran = notegen(*BATCH, *more)
    assert ran.status == 0, ran.err
    with_print(shop, "{}")
    ran = notegen(*BATCH, *more)
    assert (ran.status, "none is named" in ran.err) == (2, True)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{for: press, condition: fogra93}", "7:32: there is no printing condition called 'fogra93'"),
        ("{for: press, icc: none.icc}", "7:26: there is no file"),
        ("{sheet: lettr}", "7:16: there is no sheet called 'lettr'"),
        ("{printer: office}", "7:18: there is no printer called 'office'"),
    ],
)
def test_a_name_in_the_settings_that_there_is_not_has_its_place(notegen: Run, shop: Path, text: str, said: str) -> None:
    with_print(shop, text)
    ran = notegen(*BATCH)
    assert (ran.status, pdfs(shop)) == (1, [])
    place, words = said.split(": ", 1)
    assert f"notegen.yaml:{place}: error[F018" in ran.err
    assert words in ran.err


@pytest.mark.parametrize("purpose", ["press", "screen"])
def test_an_office_printer_moves_nothing_in_a_file_for_others(notegen: Run, shop: Path, purpose: str) -> None:
    """The shop's own printer stands in its settings; asked for aloud it is a contradiction."""
    assert notegen("printer", "set", "office", "--front-x", "2").status == 0
    assert notegen(*BATCH, "--for", purpose).status == 0
    plain = pages(shop)
    with_print(shop, "{printer: office}")
    assert notegen(*BATCH, "--for", purpose).status == 0
    assert pages(shop) == plain
    assert notegen(*BATCH).status == 0
    moved = pages(shop)
    with_print(shop, "{}")
    assert notegen(*BATCH).status == 0
    assert pages(shop) != moved
    ran = notegen(*BATCH, "--for", purpose, "--printer", "office")
    assert (ran.status, "leave out --printer" in ran.err) == (2, True)


# Numbers and options that would do nothing


@pytest.mark.parametrize(
    "args",
    [
        ("check", "people.yaml", "--tac", "nan"),
        ("check", "people.yaml", "--safe", "nan"),
        ("check", "people.yaml", "--dpi", "nan"),
        ("impose", "cards.pdf", "--sheet", "letter", "-o", "s.pdf", "--gutter", "nan"),
        ("impose", "cards.pdf", "--sheet", "letter", "-o", "s.pdf", "--margin", "nan"),
        ("mailcheck", "--stock", "env-a7", "--thickness", "nan"),
        ("mailcheck", "--stock", "env-a7", "--weight", "inf"),
    ],
)
def test_what_is_no_number_measures_nothing(notegen: Run, shop: Path, args: tuple[str, ...]) -> None:
    """Nothing is below NaN and nothing above it, so every check would pass."""
    ran = notegen(*args)
    assert ran.status == 2
    assert "is no number to measure with" in ran.err


def contradictions() -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield options of `envelopes` that would be passed over, and what is said."""
    yield ("--hand", "nope"), "add --handwritten, or leave out --hand"
    yield ("--ink", "sepia"), "add --handwritten, or leave out --ink"
    yield ("--flap", "--no-return"), "leave out --flap or --no-return"
    yield ("--imb-corner",), "add --imb"
    yield ("--imb", "00,300,123456", "--post", "DE"), "barcodes are for the US post"
    yield ("--frames",), "the frames are of Japanese postcodes"


@pytest.mark.parametrize(("more", "said"), list(contradictions()))
def test_options_of_envelopes_that_do_nothing_are_refused(
    notegen: Run, shop: Path, more: tuple[str, ...], said: str
) -> None:
    ran = notegen("envelopes", "people.yaml", "-o", "e.pdf", *more)
    assert (ran.status, pdfs(shop)) == (2, [])
    assert said in ran.err


def test_a_slip_of_the_pen_makes_no_billion_labels(notegen: Run, shop: Path) -> None:
    ran = notegen("labels", "people.yaml", "-o", "l.pdf", "--return", "--count", "1000000000")
    assert (ran.status, pdfs(shop)) == (2, [])
    assert "100000" in ran.err


def test_mailcheck_tells_of_the_class_that_is_asked_for_though_another_post_is_named(notegen: Run, shop: Path) -> None:
    ran = notegen("mailcheck", "--stock", "env-a7", "--as", "us-letter", "--to", "DE")
    assert "(us-letter)" in ran.out
    assert "\nDE: " in ran.out


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("mailcheck", "--stock", "env-a7", "--card"), "'env-a7' is an envelope and no card"),
        (("mailcheck", "--stock", "env-a7", "--size", "10x10"), "a stock has a size of its own"),
        (("mailcheck",), "say what is mailed"),
        ((*BATCH, "--plate", "black"), "a file for the desktop has none"),
        ((*BATCH, "--for", "screen", "--plate", "process"), "a file for the screen has none"),
        ((*BATCH, "--duplex", "short"), "add --sheet NAME, or leave out --duplex"),
        (("printer", "set", "x" * 61, "--front-x", "1"), "at most 60"),
        (("printer", "set", "x", "--read", "left=19", "--read", "left=21"), "'left' is read twice"),
    ],
)
def test_contradictions_are_named(notegen: Run, shop: Path, args: tuple[str, ...], said: str) -> None:
    ran = notegen(*args)
    assert ran.status == 2
    assert said in ran.err


def test_backs_that_are_not_printed_do_not_tumble(notegen: Run, shop: Path) -> None:
    assert notegen(*BATCH).status == 0
    ran = notegen("impose", "cards.pdf", "--sheet", "letter", "-o", "s.pdf", "--tumble")
    assert (ran.status, pdfs(shop)) == (2, ["cards.pdf"])
    assert "add --duplex, or leave out --tumble" in ran.err


# Words


def test_no_printer_yet_says_how_to_get_one(notegen: Run, shop: Path) -> None:
    assert "notegen printer calibrate" in notegen("printer", "list").out


def test_skip_bad_is_not_offered_where_a_picture_is_at_fault(notegen: Run, shop: Path) -> None:
    (shop / "art.png").write_bytes(b"")
    ran = notegen(*BATCH, "--art", "art.png")
    assert (ran.status, "--skip-bad" in ran.err) == (1, False)


def test_damage_is_told_without_addresses_in_memory(notegen: Run, shop: Path) -> None:
    assert notegen(*BATCH).status == 0
    (shop / "cut.pdf").write_bytes((shop / "cards.pdf").read_bytes()[:9000])
    ran = notegen(*BATCH, "--art", "cut.pdf")
    assert ran.status == 1
    assert "cut.pdf is damaged" in ran.err
    assert "0x" not in ran.err
