"""Sheet stocks: every piece on its paper and clear of the others, sizes as the box says, a shop's own checked."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notegen.errors import NotegenError, UnknownName
from notegen.layout.characters import sheet_in_characters
from notegen.layout.sheets import builtin, load
from notegen.layout.sheets.bundle import FILE
from notegen.layout.sheets.drawing import describe, page
from notegen.layout.sheets.grid import Grid, beyond, overlap, slots
from notegen.layout.sheets.importing import POINT, as_text, imported
from notegen.layout.sheets.papers import PAPERS, named
from notegen.layout.sheets.reader import FORM, read_sheet
from notegen.model.sheet import SheetStock
from notegen.model.source import Source
from notegen.model.stock import Box

IN = 25.4
LETTER, A4 = (215.9, 279.4), (210.0, 297.0)
SHEETS = list(builtin())

KNOWN = [
    # part, paper, piece, columns x rows, first from the left and from above, pitch: as the makers' own sheets measure
    ("5160", LETTER, (2.625 * IN, 1 * IN), (3, 10), (0.15625 * IN, 0.5 * IN), (2.78125 * IN, 1 * IN)),
    ("8160", LETTER, (2.625 * IN, 1 * IN), (3, 10), (0.15625 * IN, 0.5 * IN), (2.78125 * IN, 1 * IN)),
    ("5163", LETTER, (4 * IN, 2 * IN), (2, 5), (0.1625 * IN, 0.5 * IN), (4.188 * IN, 2 * IN)),
    ("8163", LETTER, (4 * IN, 2 * IN), (2, 5), (0.1625 * IN, 0.5 * IN), (4.188 * IN, 2 * IN)),
    ("5167", LETTER, (1.75 * IN, 0.5 * IN), (4, 20), (0.28125 * IN, 0.5 * IN), (2.0625 * IN, 0.5 * IN)),
    ("5371", LETTER, (3.5 * IN, 2 * IN), (2, 5), (0.75 * IN, 0.5 * IN), (3.5 * IN, 2 * IN)),
    ("8373", LETTER, (3.5 * IN, 2 * IN), (2, 4), (0.5 * IN, 0.75 * IN), (4 * IN, 2.5 * IN)),
    ("5389", LETTER, (6 * IN, 4 * IN), (1, 2), (1.25 * IN, 1.25 * IN), (0, 4.5 * IN)),
    ("5388", LETTER, (5 * IN, 3 * IN), (1, 3), (1.75 * IN, 1 * IN), (0, 3 * IN)),
    ("L7160", A4, (64.0, 38.1), (3, 7), (7.5, 15.5), (66.0, 38.1)),
    ("L7163", A4, (99.1, 38.1), (2, 7), (3.4, 15.2), (103.0, 38.1)),
    ("L7651", A4, (38.1, 21.2), (5, 13), (4.7, 10.9), (40.6, 21.2)),
    ("letter-4up", LETTER, (4.25 * IN, 5.5 * IN), (2, 2), (0, 0), (4.25 * IN, 5.5 * IN)),
    ("letter-2up", LETTER, (8.5 * IN, 5.5 * IN), (1, 2), (0, 0), (0, 5.5 * IN)),
    ("a4-4up", A4, (105, 148), (2, 2), (0, 0.5), (105, 148)),
    ("a4-3up-dl", A4, (210, 99), (1, 3), (0, 0), (0, 99)),
]


@pytest.mark.parametrize("part, paper, piece, count, first, pitch", KNOWN, ids=[one[0] for one in KNOWN])
def test_sheets_measure_what_their_makers_say(
    part: str,
    paper: tuple[float, float],
    piece: tuple[float, float],
    count: tuple[int, int],
    first: tuple[float, float],
    pitch: tuple[float, float],
) -> None:
    """Figures of the A4 sheets are known to a tenth of a millimetre."""
    sheet = builtin().get(part)
    near = 0.06 if paper == A4 else 0.05
    assert sheet.paper == pytest.approx(paper, abs=near)
    assert len(sheet.slots) == count[0] * count[1]
    for number, box in enumerate(sheet.slots):
        row, column = divmod(number, count[0])
        assert (box.width, box.height) == pytest.approx(piece, abs=near)
        from_left, from_top = first[0] + column * pitch[0], first[1] + row * pitch[1]
        # A tenth that was rounded away counts once for each piece in between.
        assert box.x == pytest.approx(from_left, abs=near * (1 + column))
        assert paper[1] - box.top == pytest.approx(from_top, abs=near * (1 + row))


def test_every_piece_of_every_sheet_lies_on_its_paper_and_on_no_other() -> None:
    assert len(SHEETS) > 900
    for sheet in SHEETS:
        assert beyond(sheet.paper, sheet.slots) <= 0.001, sheet.name
        assert min(overlap(sheet.slots)) <= 0.001, sheet.name
        assert all(min(box.width, box.height) >= 5 for box in sheet.slots), sheet.name
        assert min(sheet.waste) >= 0
        assert sheet.round >= 0
        assert sheet.what in ("label", "card")
        assert sheet.source


@given(st.sampled_from(SHEETS), st.data())
def test_two_pieces_of_a_sheet_never_share_a_place(sheet: SheetStock, data: st.DataObject) -> None:
    """A point inside one piece is on the paper and in no other piece."""
    number = data.draw(st.integers(0, len(sheet.slots) - 1))
    box = sheet.slots[number].inset(0.01)
    x = box.x + data.draw(st.floats(0, 1)) * box.width
    y = box.y + data.draw(st.floats(0, 1)) * box.height
    assert 0 <= x <= sheet.paper[0]
    assert 0 <= y <= sheet.paper[1]
    inside = [i for i, one in enumerate(sheet.slots) if one.x <= x <= one.right and one.y <= y <= one.top]
    assert inside == [number]


def test_pieces_are_numbered_as_one_reads() -> None:
    for sheet in SHEETS:
        for one, after in zip(sheet.slots, sheet.slots[1:], strict=False):
            assert after.top < one.top + 0.06, sheet.name
            assert after.x > one.x or after.top < one.top, sheet.name


def test_a_sheet_goes_by_its_maker_its_number_and_those_of_its_equals() -> None:
    known = builtin()
    sheet = known.get("avery-5160")
    assert sheet is known.get("5160") is known.get("AVERY-8160") is known.get("18660")
    assert (sheet.brand, sheet.part, sheet.title) == ("Avery", "5160", "Avery 5160: Address Labels")
    assert "5160" not in sheet.name.replace("avery-5160", "")
    with pytest.raises(UnknownName) as unknown:
        known.get("avery-51600")
    assert unknown.value.hint == "did you mean 'avery-5160'?"


def test_an_unknown_name_does_not_list_a_thousand() -> None:
    with pytest.raises(UnknownName) as unknown:
        builtin().get("???")
    assert str(unknown.value.hint).endswith(" more")
    assert len(str(unknown.value.hint)) < 1500


def test_what_was_left_out_says_why() -> None:
    known = builtin()
    with pytest.raises(
        NotegenError, match=r"sheet 'Rayfilm-7001' is left out: a piece reaches 2256\.0 mm over the paper"
    ):
        known.get("Rayfilm-7001")
    reasons = set(known.withheld.values())
    assert {"it is for discs", "its labels are round", "its labels are oval"} < reasons
    assert not any(name in known for name in known.withheld)
    assert known.broken == {}


def test_the_bundled_file_is_written_as_the_importer_writes() -> None:
    text = FILE.read_text(encoding="utf-8")
    assert as_text(json.loads(text)) == text
    assert len(text) < 125_000


def test_the_database_is_read_when_a_sheet_is_asked_for_and_not_before() -> None:
    code = (
        "import sys; import notegen.layout.sheets as sheets\n"
        "assert 'notegen.layout.sheets.bundle' not in sys.modules\n"
        "known = sheets.builtin(); known.get('5160')\n"
        "print(len(known._items))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert int(done.stdout) < 20


def entry(**changed: Any) -> dict[str, Any]:
    """Return an entry of the database: two rows of three labels on a paper of 300 x 200 points."""
    whole = {
        "brand": "Acme",
        "part": "1",
        "size": "Small",
        "desc": "Labels  of ours",
        "equiv": None,
        "w": None,
        "h": None,
        "cat": ["label"],
        "shape": "rectangle",
        "lw": 90.0,
        "lh": 80.0,
        "round": 3.0,
        "waste": [None, 2.0, 1.0],
        "layouts": [[3, 2, 10.0, 10.0, 95.0, 90.0]],
    }
    return whole | changed


def database(*entries: dict[str, Any]) -> dict[str, Any]:
    return {"papers": {"Small": [300, 200, "small"]}, "templates": list(entries)}


def test_an_entry_becomes_a_row_in_millimetres() -> None:
    made = imported(database(entry(), entry(part="2 b", equiv="1"), entry(part="3", equiv="2 b")))
    assert made["out"] == {}
    assert made["papers"] == [(105.8333, 70.5556)]
    (row,) = made["sheets"]
    assert row[:6] == ["acme-1", ["2 b", "3"], "Acme", "1", "Labels of ours", 0]
    assert row[6:12] == pytest.approx([0, 90 * POINT, 80 * POINT, 3 * POINT, 2 * POINT, POINT], abs=1e-4)
    assert row[12][0] == pytest.approx([3, 2, 10 * POINT, 10 * POINT, 95 * POINT, 90 * POINT], abs=1e-4)


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"shape": "cd", "lw": None, "lh": None}, "it is for discs"),
        ({"shape": "round"}, "its labels are round"),
        ({"shape": "ellipse"}, "its labels are oval"),
        ({"layouts": [[3, 2, None, 10.0, 95.0, 90.0]]}, "a figure is missing"),
        ({"lw": None}, "a figure is missing"),
        ({"lw": 100.0}, "pieces lie 1.8 mm over each other"),
        ({"layouts": [[3, 2, 30.0, 10.0, 95.0, 90.0]]}, "a piece reaches 3.5 mm over the paper"),
        ({"layouts": [[3, 2, 10.0, 40.0, 95.0, 90.0]]}, "a piece reaches 3.5 mm over the paper"),
        ({"layouts": [[3, 2, -9.0, 10.0, 95.0, 90.0]]}, "a piece reaches 3.2 mm over the paper"),
        ({"lw": 9.0}, "its pieces measure 3.2 x 28.2 mm"),
        ({"size": "Other", "w": 9000.0, "h": 200.0}, "its pieces measure 31.8 x 28.2 mm"),
    ],
)
def test_what_cannot_be_is_left_out_with_the_reason(changed: dict[str, Any], reason: str) -> None:
    made = imported(database(entry(**changed), entry(part="good")))
    assert made["out"] == {"acme-1": reason}
    assert [row[0] for row in made["sheets"]] == ["acme-good"]


@pytest.mark.parametrize(
    ("changed", "size"),
    [
        ({"lw": 95.3}, (95.0, 80.0)),
        ({"lh": 90.4}, (90.0, 90.0)),
        ({"layouts": [[3, 2, 20.2, 10.0, 95.0, 90.0]]}, (89.8, 80.0)),
        ({"layouts": [[3, 2, 10.0, 30.5, 95.0, 90.0]]}, (90.0, 79.5)),
    ],
)
def test_pieces_that_rounding_made_too_large_are_made_smaller(
    changed: dict[str, Any], size: tuple[float, float]
) -> None:
    made = imported(database(entry(**changed)))
    assert made["out"] == {}
    assert made["sheets"][0][7:9] == pytest.approx([size[0] * POINT, size[1] * POINT], abs=1e-3)


GOOD = """\
title: Our labels
paper: a4
size: [70, 37]
grid: [3, 8]
source: "the box"
"""


def read(text: str) -> SheetStock:
    got = read_sheet(Source("ours.yaml", text), "ours")
    assert got.diagnostics == ()
    assert got.value is not None
    return got.value


def test_a_sheet_of_ones_own_is_centred_unless_it_says_otherwise() -> None:
    sheet = read(GOOD)
    assert (len(sheet.slots), sheet.slots[0], sheet.slots[-1]) == (24, Box(0, 259.5, 70, 37), Box(140, 0.5, 70, 37))
    moved = read(GOOD + "first: [0, 1]\nwhat: card\nwaste: [1, 0]\nround: 2\naka: [mine]\nbrand: B\npart: '7'\n")
    assert moved.slots[0] == Box(0, 259, 70, 37)
    assert (moved.what, moved.waste, moved.round, moved.aka, moved.part) == ("card", (1, 0), 2, ("mine",), "7")
    apart = read(GOOD.replace("[3, 8]", "[2, 2]") + "pitch: [80, 100]\nfirst: [10, 20]\n")
    assert apart.slots == (Box(10, 240, 70, 37), Box(90, 240, 70, 37), Box(10, 140, 70, 37), Box(90, 140, 70, 37))


def test_slots_may_be_listed_one_by_one() -> None:
    text = "title: T\npaper: [100, 100]\nsource: s\nslots: [[0, 0, 50, 50], [50, 60, 50, 40], [0, 60, 50, 40]]\n"
    assert read(text).slots == (Box(0, 60, 50, 40), Box(50, 60, 50, 40), Box(0, 0, 50, 50))


@pytest.mark.parametrize(
    ("old", "new", "code", "line", "said"),
    [
        ("size:", "siz:", "C220", 3, "a sheet has no 'siz'"),
        ("paper: a4\n", "", "C220", 1, "does not say its paper"),
        ("grid: [3, 8]\n", "", "C220", 1, "does not say its grid"),
        (
            "grid: [3, 8]",
            "grid: [3, 8]\nslots: [[0, 0, 9, 9]]",
            "C220",
            3,
            "a sheet that lists its slots has no 'size'",
        ),
        ("paper: a4", "paper: a44", "C221", 2, "there is no paper 'a44'"),
        ("paper: a4", "paper: [210]", "C221", 2, "paper must be [width, height]"),
        ("paper: a4", "paper: [210, 29700]", "C221", 2, "paper.1 is 29700 mm"),
        ("[70, 37]", "[70mm, 37]", "C221", 3, "size.0 must be a number"),
        ("[3, 8]", "[3, 8.5]", "C221", 4, "grid must be [columns, rows]"),
        ("[3, 8]", "[3, 0]", "C221", 4, "grid must be [columns, rows]"),
        ("[3, 8]", "[3, 99999999]", "C221", 4, "grid must be [columns, rows]"),
        ("[3, 8]", "24", "C221", 4, "grid must be [columns, rows]"),
        ("[3, 8]", "[yes, yes]", "C221", 4, "grid must be [columns, rows]"),
        ("source:", "what: lable\nsource:", "C221", 5, "there is no what 'lable'"),
        ("[70, 37]", "[70, 3]", "C221", 4, "a piece is 3 mm across"),
        ("[3, 8]", "[3, 9]", "C222", 4, "a piece reaches 18 mm over the paper of 210 x 297 mm"),
        ("source:", "first: [10, 0]\nsource:", "C222", 5, "a piece reaches 10 mm over the paper"),
        ("source:", "pitch: [60, 37]\nsource:", "C222", 5, "pieces lie 10 mm over each other"),
        ("source:", "round: 20\nsource:", "C222", 5, "corners are rounder"),
        ("size: [70, 37]\ngrid: [3, 8]", "slots: []", "C221", 3, "slots must be a list"),
        ("size: [70, 37]\ngrid: [3, 8]", "slots: [[0, 0, 9]]", "C221", 3, "must be [x, y, width, height]"),
    ],
)
def test_a_bad_sheet_is_told_where_and_what(old: str, new: str, code: str, line: int, said: str) -> None:
    got = read_sheet(Source("ours.yaml", GOOD.replace(old, new, 1)), "ours")
    assert got.value is None
    found = got.diagnostics[0]
    assert (found.code, found.span.line if found.span else 0) == (code, line)
    assert said in found.message
    assert found.hint


@pytest.mark.parametrize("text", ["", "- 1\n", "title: [\n", "12", "---\na: 1\n---\nb: 2\n"])
def test_what_is_no_sheet_at_all_is_an_error_and_no_crash(text: str) -> None:
    got = read_sheet(Source("ours.yaml", text), "ours")
    assert got.value is None
    assert got.diagnostics


NUMBERS = st.one_of(st.integers(-9, 400), st.sampled_from([0, 10, 20.5, 50, 70, "x", True, None]))
ANYTHING = st.one_of(NUMBERS, st.lists(NUMBERS, max_size=4), st.lists(st.lists(NUMBERS, max_size=4), max_size=3))


LIKELY = st.fixed_dictionaries(
    {"grid": st.lists(st.integers(1, 4), min_size=2, max_size=2)},
    optional={
        "size": st.lists(st.integers(5, 100), min_size=2, max_size=2),
        "first": st.lists(st.integers(0, 30), min_size=2, max_size=2),
        "pitch": st.lists(st.integers(20, 100), min_size=2, max_size=2),
        "round": st.integers(0, 9),
    },
)


@given(st.one_of(LIKELY, st.dictionaries(st.sampled_from(FORM.keys), ANYTHING, max_size=3)), st.booleans())
def test_no_file_whatever_makes_a_sheet_with_pieces_in_the_air(tree: dict[str, object], whole: bool) -> None:
    usual: dict[str, object] = {"title": "T", "paper": "a4", "size": [60, 30], "grid": [2, 3], "source": "s"}
    got = read_sheet(Source("ours.yaml", json.dumps(usual | tree if whole else tree)), "ours")
    assert (got.value is None) == bool(got.diagnostics)
    assert all(one.hint and one.span for one in got.diagnostics)
    if got.value is not None:
        assert beyond(got.value.paper, got.value.slots) <= 0.05
        assert min(overlap(got.value.slots)) <= 0.05
        assert describe(got.value)
        assert sheet_in_characters(got.value)
        assert page(got.value)


def test_a_shops_sheets_join_the_others_and_a_broken_one_harms_nothing(tmp_path: Path) -> None:
    (tmp_path / "ours.yaml").write_text(GOOD + "aka: [house]\n")
    (tmp_path / "bad.yml").write_text(GOOD.replace("paper", "papr"))
    (tmp_path / "rayfilm-7001.yaml").write_text(GOOD)
    known = builtin()
    assert [one.code for one in load(tmp_path, known)] == ["C220"]
    assert known.get("house").name == "ours"
    assert len(known.get("rayfilm-7001").slots) == 24
    with pytest.raises(NotegenError, match=r"bad.yml:2:1: a sheet has no 'papr'"):
        known.get("bad")


def test_a_shop_cannot_take_the_name_of_a_bundled_sheet(tmp_path: Path) -> None:
    (tmp_path / "avery-5160.yaml").write_text(GOOD)
    with pytest.raises(NotegenError, match="two of sheet 'avery-5160'"):
        load(tmp_path, builtin())


@given(
    st.tuples(st.integers(1, 6), st.integers(1, 6)),
    st.tuples(st.floats(5, 60), st.floats(5, 60)),
    st.tuples(st.floats(0, 9), st.floats(0, 9)),
)
def test_a_grid_lies_from_the_upper_left(
    count: tuple[int, int], size: tuple[float, float], gap: tuple[float, float]
) -> None:
    pitch = size[0] + gap[0], size[1] + gap[1]
    boxes = slots((500.0, 500.0), size, [Grid(*count, (3.0, 4.0), pitch)])
    assert len(boxes) == count[0] * count[1]
    assert (boxes[0].x, 500 - boxes[0].top) == pytest.approx((3, 4), abs=1e-5)
    assert boxes[-1].right == pytest.approx(3 + (count[0] - 1) * pitch[0] + size[0], abs=1e-5)
    assert 500 - boxes[-1].y == pytest.approx(4 + (count[1] - 1) * pitch[1] + size[1], abs=1e-5)
    assert min(overlap(boxes)) <= 1e-5


def test_papers_have_their_names_whichever_way_they_lie() -> None:
    assert named((297.0, 210.0)) == "a4"
    assert named((215.9, 279.4)) == "letter"
    assert named((200.0, 200.0)) == ""
    assert PAPERS["letter"] == pytest.approx((8.5 * IN, 11 * IN))
