"""The parts of a note are found as a reader sees them."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notegen.model.note import Note, Piece, Role
from notegen.model.source import Source, Span

G, B, C, S, P, D = Role.GREETING, Role.BODY, Role.CLOSING, Role.SIGNATURE, Role.POSTSCRIPT, Role.DATE


def parts(text: str) -> list[tuple[Role, str]]:
    return [(block.role, text[block.start : block.end]) for block in Note("k", "t", text).blocks]


CASES: list[tuple[str, list[tuple[Role, str]]]] = [
    (
        "Dear Ana,\n\nThank you.\nIt was fun.\n\nCome by.\n\nWarmly,\nJo\nCorner Shop\n",
        [
            (G, "Dear Ana,"),
            (B, "Thank you.\nIt was fun."),
            (B, "Come by."),
            (C, "Warmly,"),
            (S, "Jo"),
            (S, "Corner Shop"),
        ],
    ),
    (
        "Dear Ana,\n\nThank you.\n\nWarmly,\n\nJo\n\nP.S. The bell is free.\n",
        [(G, "Dear Ana,"), (B, "Thank you."), (C, "Warmly,"), (S, "Jo"), (P, "P.S. The bell is free.")],
    ),
    (
        "March 4, 2026\n\nDear Ana,\n\nThank you.\n\nJo",
        [(D, "March 4, 2026"), (G, "Dear Ana,"), (B, "Thank you."), (S, "Jo")],
    ),
    ("Hello Bo!\n\nThe bike is ready.\n", [(G, "Hello Bo!"), (B, "The bike is ready.")]),
    ("Thank you for everything you did.\n", [(B, "Thank you for everything you did.")]),
    ("Dear Ana,\n", [(B, "Dear Ana,")]),
    ("   Dear Ana,\n \n\n  Thank you.  \n\t\n Jo ", [(G, "Dear Ana,"), (B, "Thank you."), (S, "Jo")]),
    (
        "Dear Ana,\n\nOne.\n\nThis is the last, full sentence.\n",
        [(G, "Dear Ana,"), (B, "One."), (B, "This is the last, full sentence.")],
    ),
    (
        "Dear Ana,\n\nOne.\n\nWarmly,\nJo Reyes,\nCorner Shop",
        [(G, "Dear Ana,"), (B, "One."), (C, "Warmly,"), (S, "Jo Reyes,"), (S, "Corner Shop")],
    ),
    ("", []),
    ("\n \n", []),
]


ENDINGS: list[tuple[str, list[tuple[Role, str]]]] = [
    ("Warmly,\nDr. B. Jr.", [(C, "Warmly,"), (S, "Dr. B. Jr.")]),
    ("Warmly,\n\nDr. B. Jr.", [(C, "Warmly,"), (S, "Dr. B. Jr.")]),
    ("Yours,\nJo Reyes\nReyes & Co.", [(C, "Yours,"), (S, "Jo Reyes"), (S, "Reyes & Co.")]),
    ("Yours,\nBank of the West Inc.", [(C, "Yours,"), (S, "Bank of the West Inc.")]),
    ("Yours,\nAna Reyes, M.D.", [(C, "Yours,"), (S, "Ana Reyes, M.D.")]),
    ("Come by at 5 Main St.", [(B, "Come by at 5 Main St.")]),
    ("Thank You.", [(B, "Thank You.")]),
    ("Mit freundlichen Grüßen\nTom\nRadladen", [(C, "Mit freundlichen Grüßen"), (S, "Tom"), (S, "Radladen")]),
    ("Mit freundlichen Grüßen\n\nTom", [(C, "Mit freundlichen Grüßen"), (S, "Tom")]),
    ("Herzlich\nIhr Tom", [(C, "Herzlich"), (S, "Ihr Tom")]),
    ("Viele Grüße!\nTom", [(C, "Viele Grüße!"), (S, "Tom")]),
    ("Bien à vous\n\nTom", [(C, "Bien à vous"), (S, "Tom")]),
    ("Un abrazo\nTom", [(C, "Un abrazo"), (S, "Tom")]),
    ("Cheers!\nTom", [(C, "Cheers!"), (S, "Tom")]),
    ("Love\n\nTom", [(C, "Love"), (S, "Tom")]),
    ("Lovely bikes we have\n\nTom", [(B, "Lovely bikes we have"), (S, "Tom")]),
    ("I send my love.\n\nTom", [(B, "I send my love."), (S, "Tom")]),
    ("Warmly,\nTom\nP.S. Come by.", [(C, "Warmly,"), (S, "Tom"), (P, "P.S. Come by.")]),
    ("Tom\nPS: Come\nby.", [(S, "Tom"), (P, "PS: Come\nby.")]),
    (
        "Tom\n\nPS Come.\n\nP.P.S. Do.\n\nPPPS: Yes.",
        [(S, "Tom"), (P, "PS Come."), (P, "P.P.S. Do."), (P, "PPPS: Yes.")],
    ),
    ("Warmly,\nTom\nPS Motors", [(C, "Warmly,"), (S, "Tom"), (S, "PS Motors")]),
]


@pytest.mark.parametrize(("text", "wanted"), ENDINGS)
def test_endings(text: str, wanted: list[tuple[Role, str]]) -> None:
    """Names that end in a full stop, closings without a comma, and postscripts right below a name."""
    assert parts(f"Dear Ana,\n\nOne.\n\n{text}\n") == [(G, "Dear Ana,"), (B, "One."), *wanted]


@pytest.mark.parametrize(
    "text", ["a." * 20_000, "love " * 20_000, "\n P" * 20_000, "P." * 20_000, " \n" * 20_000 + "a"]
)
def test_the_parts_of_nonsense_are_found_in_no_time(text: str) -> None:
    """No expression tries a long text again from each of its characters."""
    start = time.perf_counter()
    assert "".join("".join(part.split()) for _, part in parts(text)) == "".join(text.split())
    assert time.perf_counter() - start < 2


@pytest.mark.parametrize(("text", "wanted"), CASES)
def test_the_parts_of_a_note(text: str, wanted: list[tuple[Role, str]]) -> None:
    assert parts(text) == wanted


LINES = st.sampled_from(
    ["Dear Ana,", "Thank you.", "", " ", "Warmly,", "Jo", "P.S. x", "March 4, 2026", "日本 🎈", "a" * 60, "No,"]
)


@given(st.lists(LINES, max_size=12).map("\n".join))
def test_each_word_is_in_one_part_and_the_parts_are_in_order(text: str) -> None:
    blocks = Note("k", "t", text).blocks
    ends = [0, *(block.end for block in blocks)]
    starts = [*(block.start for block in blocks), len(text)]
    for end, start in zip(ends, starts, strict=True):
        assert text[end:start].strip() == ""
        assert end <= start
    for block in blocks:
        assert text[block.start : block.end] == text[block.start : block.end].strip() != ""


def test_a_piece_is_found_by_any_of_its_characters() -> None:
    origin = Span(Source("t", ""), 0, 0)
    first, second = Piece(0, 3, origin), Piece(5, 6, origin, ("a",))
    note = Note("k", "t", "abc  d", (first, second))
    assert [note.piece_at(offset) for offset in range(7)] == [first, first, first, None, None, second, None]
    assert note.piece_at(-1) is None


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("山田様\n\n先日はありがとうございました。\n\n敬具\n佐藤", "greeting body closing signature"),
        ("山田様、\n\nどうも。\n\nまたお待ちしております。", "greeting body body"),
        ("王伟您好：\n\n谢谢您。\n\n此致\n敬礼\n李娜", "greeting body closing signature signature"),
        ("김민준 님께,\n\n감사합니다.\n\n김지우 드림", "greeting body signature"),
        ("שירה היקרה,\n\nתודה רבה.\n\nבברכה,\nדנה", "greeting body closing signature"),
        ("प्रिय प्रिया,\n\nधन्यवाद।\n\nफिर मिलेंगे।\n\nसादर,\nराहुल", "greeting body body closing signature"),
    ],
)
def test_parts_of_notes_in_other_scripts(text: str, roles: str) -> None:
    assert [block.role.value for block in Note("k", "t", text).blocks] == roles.split()
