"""The letter that a car dealer really could have sent is taken apart, line by line."""

from pathlib import Path

from lintnotes import places

from notegen.files import read_source
from notegen.lint import check_letter

LETTER = Path(__file__).parent.parent.parent / "samples" / "terrible" / "letter.txt"
EXPECTED = [
    (1, 1, "N103"),
    (2, 1, "N103"),
    (7, 8, "N103"),
    (7, 36, "N102"),
    (9, 6, "N101"),
    (11, 1, "N105"),
    (11, 6, "N110"),
    (11, 38, "N113"),
    (11, 56, "N113"),
    (12, 32, "N112"),
    (13, 1, "N111"),
    (13, 23, "N113"),
    (13, 39, "N111"),
    (14, 19, "N111"),
    (16, 1, "N104"),
    (17, 13, "N104"),
    (17, 29, "N104"),
    (17, 59, "N104"),
    (18, 38, "N102"),
    (18, 65, "N102"),
    (21, 14, "N115"),
    (21, 66, "N115"),
    (22, 13, "N113"),
    (23, 42, "N115"),
    (23, 67, "N115"),
    (26, 1, "N115"),
    (26, 64, "N115"),
    (27, 14, "N115"),
    (27, 32, "N115"),
    (28, 20, "N115"),
    (31, 1, "N101"),
    (32, 1, "N114"),
    (33, 1, "N114"),
    (35, 4, "N103"),
    (35, 37, "N103"),
    (36, 1, "N103"),
]  # fmt: skip
"""Line, column and code of everything wrong with it."""


def test_everything_is_found_at_its_place() -> None:
    found = check_letter(read_source(LETTER, "letter.txt"))
    assert places(found) == [("letter.txt", *place) for place in EXPECTED]


def test_it_fails_in_many_ways() -> None:
    found = check_letter(read_source(LETTER, "letter.txt"))
    assert len({one.code for one in found if one.is_error}) >= 8


def test_every_finding_says_what_to_do() -> None:
    assert all(one.hint and one.message for one in check_letter(read_source(LETTER)))
