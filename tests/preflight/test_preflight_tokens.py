"""Content streams are cut as the PDF standard says, and nothing is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notegen.preflight.tokens import BAD, GLYPHS, INLINE, from_hex, operations

SPAN = b"/Span<</ActualText(Ana)>>BDC"


@pytest.mark.parametrize(
    ("stream", "wanted"),
    [
        (b"1 -2 .5 +3. 0 0 cm", [("cm", [1, -2, 0.5, 3, 0, 0])]),
        (b"(a(b)c\\051\\n\\\\) Tj", [("Tj", [b"a(b)c)\n\\"])]),
        (b"(a\\\nb\\101) Tj", [("Tj", [b"abA"])]),
        (b"<41 4> Tj", [("Tj", [b"A@"])]),
        (b"[(a) -20 <42>] TJ", [("TJ", [[b"a", -20, b"B"]])]),
        (b"/A#20B gs", [("gs", ["/A B"])]),
        (b"q%Q\nQ", [("q", []), ("Q", [])]),
        (b"/P <</MCID 1 /A [1 2]>> BDC", [("BDC", ["/P", {"/MCID": 1, "/A": [1, 2]}])]),
        (SPAN, [("BDC", ["/Span", {}])]),
        (b"1 0 0 1 5 6 Tm<0001>Tj\n1 0 0 1 7 8 Tm <0002> Tj", [(GLYPHS, [[1, 0, 0, 1, 5, 6, 1, 0, 0, 1, 7, 8], [
            b"0001", b"0002"]])]),
        (b"BI /W 2 /H 1 ID \xff EI\xff EI Q", [(INLINE, [{"/W": 2, "/H": 1}]), ("Q", [])]),
        (b"true null gs", [("gs", [True, None])]),
        (b"1 2", [(BAD, [])]),
        (b"(open", [(BAD, [])]),
        (b"] q", [(BAD, []), ("q", [])]),
        (b"[1 2 q", [(BAD, [])]),
        (b"", []),
        (b" \n", []),
    ],
)  # fmt: skip
def test_what_a_stream_does(stream: bytes, wanted: list[object]) -> None:
    assert list(operations(stream)) == wanted


NUMBERS = st.integers(-99999, 99999).map(lambda n: n / 100)


@given(st.lists(st.tuples(*[NUMBERS] * 6, st.integers(0, 65535)), min_size=1, max_size=20))
def test_a_run_of_glyphs_holds_every_number(glyphs: list[tuple[float, ...]]) -> None:
    stream = b"".join(b"%s Tm<%04X>Tj\n" % (" ".join(f"{n:.2f}" for n in g[:6]).encode(), int(g[6])) for g in glyphs)
    ((name, (numbers, codes)),) = operations(stream)
    assert name == GLYPHS
    assert numbers == pytest.approx([n for g in glyphs for n in g[:6]])
    assert [int(code, 16) for code in codes] == [g[6] for g in glyphs]  # type: ignore[arg-type,union-attr]


@given(st.binary(max_size=50))
def test_strings_come_back(text: bytes) -> None:
    escaped = text.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    assert list(operations(b"(%s) Tj <%s> Tj" % (escaped, text.hex().encode()))) == [("Tj", [text]), ("Tj", [text])]
    assert from_hex(text.hex().encode()) == text
