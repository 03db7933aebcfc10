"""The file that goes to the printer: boxes, fonts, ink, letters, and never half of it."""

from __future__ import annotations

import dataclasses
import errno
import hashlib
import io
import os
import subprocess
import sys
from pathlib import Path

import cards
import numpy as np
import pikepdf
import pypdfium2
import pytest
from fontTools.ttLib import TTFont

from notegen.errors import NotegenError, UnwritableFile
from notegen.model.hand import Pen
from notegen.press import Pressed, container, drawing, write_pdf
from notegen.press import fonts as gathering

TEXTS = ("abc de\nbad cafi", "😊 é cab\nfied. T lo ol\nabcdefi", "d")


def press(path: Path, some: list | None = None, **names: str) -> Pressed:
    """Write some cards."""
    chosen = [cards.card(f"k{n}", text) for n, text in enumerate(TEXTS)] if some is None else some
    return write_pdf(chosen, path, **{"title": "Notes", "language": "en-US", **names})  # type: ignore[arg-type]


def read(path: Path) -> list[str]:
    """Return the words of each page, as pdfium reads them."""
    document = pypdfium2.PdfDocument(path)
    pages = [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    document.close()
    return pages


def fonts(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    """Return every font dictionary of a file, wherever it is."""
    return [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/Font"]


def widths(descendant: pikepdf.Object) -> dict[int, float]:
    """Return the widths of a font's codes; its `W` is made of runs, each its first code and the widths from there."""
    runs = list(descendant.W)
    return {
        int(first) + place: float(width)
        for first, some in zip(runs[0::2], runs[1::2], strict=True)
        for place, width in enumerate(some)
    }


def glyph_of(descendant: pikepdf.Object, code: int) -> int:
    """Return the number of the glyph that a code shows."""
    return int.from_bytes(descendant.CIDToGIDMap.read_bytes()[2 * code : 2 * code + 2], "big")


def operators(pdf: pikepdf.Pdf) -> set[str]:
    """Return the operators used on any page."""
    return {str(op.operator) for page in pdf.pages for op in pikepdf.parse_content_stream(page)}


def test_text_reads_as_written(tmp_path: Path) -> None:
    """What a reader copies out is the note, ligatures and all."""
    press(tmp_path / "a.pdf")
    assert read(tmp_path / "a.pdf") == [" ".join(text.split()) for text in TEXTS]


@pytest.mark.parametrize("turn", [0.0, 0.05, 0.12])
def test_words_stay_whole_when_turned(tmp_path: Path, turn: float) -> None:
    """Slope and drift do not split or join words."""
    press(tmp_path / "a.pdf", [cards.card("k", TEXTS[1], turn=turn)])
    assert read(tmp_path / "a.pdf") == [" ".join(TEXTS[1].split())]


def test_what_is_returned(tmp_path: Path) -> None:
    """Pages, bytes and fonts are as in the file."""
    done = press(tmp_path / "a.pdf")
    assert done.pages == 3
    assert done.bytes == (tmp_path / "a.pdf").stat().st_size
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        names = {str(font.BaseFont)[8:] for font in fonts(pdf) if font.Subtype == "/Type0"}
    assert names == set(done.fonts)


def test_syntax_version_and_names(tmp_path: Path) -> None:
    """Qpdf finds nothing to say; version, language, title and viewer preferences are set."""
    press(tmp_path / "a.pdf", title="Für Émile 😊", language="fr_CA", author="Atelier")
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        assert pdf.check_pdf_syntax() == []
        assert (tmp_path / "a.pdf").read_bytes()[:8] == b"%PDF-1.7"
        assert str(pdf.Root.Lang) == "fr-CA"
        assert pdf.Root.ViewerPreferences.PrintScaling == "/None"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        info = {key: str(value) for key, value in pdf.docinfo.items()}
        assert len(pdf.trailer.ID) == 2
    assert info == {
        "/Title": "Für Émile 😊", "/Author": "Atelier", "/Producer": "notegen", "/Creator": "notegen",
        "/Trapped": "/False", "/CreationDate": "D:20000101000000+00'00'", "/ModDate": "D:20000101000000+00'00'",
    }  # fmt: skip


def test_boxes(tmp_path: Path) -> None:
    """Trim, bleed and page are where the stock says, within a twentieth of a millimetre, also when stocks differ."""
    small = dataclasses.replace(cards.STOCK, name="small", size=(105.0, 148.0), bleed=3.0)
    press(tmp_path / "a.pdf", [cards.card(), cards.card("b", stock=small)])
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        for page, stock in zip(pdf.pages, (cards.STOCK, small), strict=True):
            bleed, (width, height) = stock.bleed, stock.size
            trim = [bleed, bleed, bleed + width, bleed + height]
            whole = [0, 0, width + 2 * bleed, height + 2 * bleed]
            for box, wanted in (("/TrimBox", trim), ("/BleedBox", whole), ("/MediaBox", whole)):
                got = [float(part) / 72 * 25.4 for part in page[box]]
                assert got == pytest.approx(wanted, abs=0.05), box


def test_every_font_is_embedded_once(tmp_path: Path) -> None:
    """No Helvetica, no font that the printer must supply, no second copy of a font."""
    big = cards.card("big", em=6.0)
    press(tmp_path / "a.pdf", [cards.card("a"), big, cards.card("b", "deb"), dataclasses.replace(big, key="again")])
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        found = fonts(pdf)
        programs = [f.FontDescriptor.FontFile2.read_bytes() for f in found if f.Subtype == "/CIDFontType2"]
        assert len(found) == 4
        assert {str(f.Subtype) for f in found} == {"/Type0", "/CIDFontType2"}
    assert len({hashlib.sha256(program).digest() for program in programs}) == len(programs) == 2
    assert b"Helvetica" not in (tmp_path / "a.pdf").read_bytes()


def test_only_what_is_used_is_embedded(tmp_path: Path) -> None:
    """Outlines that no card uses stay out of the file."""
    press(tmp_path / "a.pdf", [cards.card("a", "aa")])
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        descendant = next(f for f in fonts(pdf) if f.Subtype == "/CIDFontType2")
        assert list(widths(descendant).values()) == [0, 280, 550, 550]
        program = descendant.FontDescriptor.FontFile2.read_bytes()
    assert TTFont(io.BytesIO(program))["maxp"].numGlyphs == 2 + 2


def test_an_outline_is_embedded_once(tmp_path: Path) -> None:
    """Cards that use the same outlines share them."""
    some = [cards.card("a", "abc de"), cards.card("b", "abc cab"), cards.card("c", "fi")]
    press(tmp_path / "a.pdf", some)
    used = set().union(*(card.outline.tolist() for card in some))
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        descendant = next(f for f in fonts(pdf) if f.Subtype == "/CIDFontType2")
        assert set(widths(descendant)) == {0, 1, *(2 + outline for outline in used)}
        glyphs = [glyph_of(descendant, code) for code in sorted(widths(descendant))]
    assert glyphs == list(range(2 + len(used)))


def test_widths_agree_with_the_font_program(tmp_path: Path) -> None:
    """A viewer may believe either."""
    press(tmp_path / "a.pdf")
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        descendant = next(f for f in fonts(pdf) if f.Subtype == "/CIDFontType2")
        said = {glyph_of(descendant, code): width for code, width in widths(descendant).items()}
        program = TTFont(io.BytesIO(descendant.FontDescriptor.FontFile2.read_bytes()))
    assert said == {n: program["hmtx"].metrics[name][0] for n, name in enumerate(program.getGlyphOrder())}


def test_ink_is_cmyk_and_pages_hold_nothing_else(tmp_path: Path) -> None:
    """Only a matrix, an ink and text: no RGB, no grey, no path, no picture."""
    press(tmp_path / "a.pdf")
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        assert operators(pdf) == {"cm", "k", "BT", "Tf", "BDC", "Tm", "Tj", "EMC", "ET"}
        inks = [
            [float(part) for part in op.operands]
            for op in pikepdf.parse_content_stream(pdf.pages[0])
            if str(op.operator) == "k"
        ]
    assert inks == [[1.0, 0.8, 0.1, 0.3]]


def test_streams_are_deflated_only(tmp_path: Path) -> None:
    """ASCII85 would make a file a quarter larger."""
    press(tmp_path / "a.pdf")
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        filters = {str(one.Filter) for one in pdf.objects if isinstance(one, pikepdf.Stream)}
    assert filters == {"/FlateDecode"}
    data = (tmp_path / "a.pdf").read_bytes()
    assert data.count(b"\nendstream") == data.count(b"endstream") > 0


def test_bytes_a_card(tmp_path: Path) -> None:
    """A card of 430 glyphs takes at most 12 kB; what more cards add is what is bounded."""
    text = "\n".join(["abc de bad cafi lo Te cab dabe el ol fi"] * 15)
    few = press(tmp_path / "a.pdf", [cards.card(f"c{n}", text, em=2.0) for n in range(2)])
    many = press(tmp_path / "b.pdf", [cards.card(f"c{n}", text, em=2.0) for n in range(12)])
    assert 400 < len(cards.card("c", text).outline) < 500
    assert (many.bytes - few.bytes) / 10 <= 12_000


def test_the_order_is_the_order_given(tmp_path: Path) -> None:
    """Page n is card n, across blocks."""
    words = ["".join("Tabcdelo"[int(digit)] for digit in f"{n:o}") for n in range(70)]
    press(tmp_path / "a.pdf", [cards.card(f"c{n}", word, em=2.0) for n, word in enumerate(words)])
    assert read(tmp_path / "a.pdf") == words


def test_progress_counts_pages(tmp_path: Path) -> None:
    """The numbers told add up to the pages, and come as the work goes on."""
    told: list[int] = []
    some = (cards.card(str(n), "a") for n in range(40))
    write_pdf(some, tmp_path / "a.pdf", title="t", language="en", progress=told.append)
    assert sum(told) == 40
    assert len(told) > 1


def test_a_full_font_is_followed_by_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A code has two bytes; the next font takes over, whose first outlines have the same codes."""
    monkeypatch.setattr(drawing, "MOST_STATIC", 5)
    monkeypatch.setattr(gathering, "CODES", 23)
    done = press(tmp_path / "a.pdf", [cards.card(f"c{n}", text) for n, text in enumerate(TEXTS * 2)])
    assert len(done.fonts) == len(set(done.fonts)) > 1
    assert read(tmp_path / "a.pdf") == [" ".join(text.split()) for text in TEXTS * 2]


def test_no_cards(tmp_path: Path) -> None:
    """Nothing to print is a mistake, and leaves no file."""
    with pytest.raises(NotegenError, match="no cards"):
        press(tmp_path / "a.pdf", [])
    assert list(tmp_path.iterdir()) == []


def test_no_folder(tmp_path: Path) -> None:
    """A folder that is not there is named."""
    with pytest.raises(UnwritableFile, match="cannot write"):
        press(tmp_path / "missing" / "a.pdf")


@pytest.mark.parametrize("trouble", [KeyboardInterrupt(), RuntimeError("in the middle")])
def test_trouble_in_the_middle_leaves_the_old_file(tmp_path: Path, trouble: BaseException) -> None:
    """Ctrl-C, or a fault in a later card: what was there before is still there, and nothing beside it."""
    (tmp_path / "a.pdf").write_bytes(b"old")

    def some():
        for n in range(50):
            yield cards.card(str(n), "abc")
        raise trouble

    with pytest.raises(type(trouble)):
        press(tmp_path / "a.pdf", some())  # type: ignore[arg-type]
    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("a.pdf", b"old")]


@pytest.mark.parametrize("after", [0, 1, 20])
def test_a_full_disk_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int) -> None:
    """The disk is full after so many writes: one sentence, no file, no leftover."""
    real = os.fdopen

    def opened(*args: object, **named: object) -> object:
        stream = real(*args, **named)  # type: ignore[call-overload]
        return Full(stream, after)

    monkeypatch.setattr(os, "fdopen", opened)
    monkeypatch.setattr(container, "CHUNK", 1)
    with pytest.raises(UnwritableFile, match="No space left"):
        press(tmp_path / "a.pdf", [cards.card(str(n), "abc") for n in range(40)])
    assert list(tmp_path.iterdir()) == []


class Full:
    """A stream on a disk that is full after some writes."""

    def __init__(self, stream: object, after: int) -> None:
        self._stream, self._left = stream, after

    def __enter__(self) -> Full:
        return self

    def __exit__(self, *trouble: object) -> None:
        self._stream.close()  # type: ignore[attr-defined]

    def write(self, data: bytes) -> int:
        """Take a few pieces."""
        if self._left <= 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        self._left -= 1
        return self._stream.write(data)  # type: ignore[attr-defined, no-any-return]

    def __getattr__(self, name: str) -> object:
        return getattr(self._stream, name)


SAME = """
import sys; from pathlib import Path; import cards; from notegen.press import write_pdf
some = [cards.card(f"c{n}", t, em=4.0 + n) for n, t in enumerate(("abc de", "bad cafi", "T lo"))]
write_pdf(some, Path(sys.argv[1]), title="Notes é", language="en")
"""


def test_same_bytes_in_any_process(tmp_path: Path) -> None:
    """The seed of Python's hashes and the time of day do not matter."""
    root = Path(__file__).resolve().parents[2]
    made = []
    for seed in ("0", "1", "4242"):
        path = tmp_path / f"{seed}.pdf"
        env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": f"{root}{os.pathsep}{root / 'tests'}"}
        subprocess.run([sys.executable, "-c", SAME, str(path)], check=True, env=env, timeout=60)
        made.append(path.read_bytes())
    assert made[0] == made[1] == made[2]


def test_other_cards_other_identity(tmp_path: Path) -> None:
    """The /ID follows from what the file holds."""
    press(tmp_path / "a.pdf", [cards.card("a", "abc")])
    press(tmp_path / "b.pdf", [cards.card("a", "abd")])
    with pikepdf.open(tmp_path / "a.pdf") as a, pikepdf.open(tmp_path / "b.pdf") as b:
        assert bytes(a.trailer.ID[0]) != bytes(b.trailer.ID[0])


@pytest.mark.parametrize("pen", [0.4, 0.5, 0.6])
@pytest.mark.parametrize("em", [4.0, 6.0])
def test_the_pen_is_as_wide_on_paper_as_it_is(tmp_path: Path, pen: float, em: float) -> None:
    """A bar is as wide as the pen whatever the size of the letters, measured at 1,200 dpi."""
    normal = np.array([(-1, 0), (1, 0), (1, 0), (-1, 0)][::-1], np.float32)
    bars = dataclasses.replace(
        cards.POOL, digest="bars", k=1, texts=("l",), advances=np.array([0.5]), first=np.array([0, 4], np.int32),
        points=np.array(cards.BAR[::-1], np.float32), on_curve=np.ones(4, bool),
        contour_end=np.array([False, False, False, True]), normals=normal,
    )  # fmt: skip
    tiny = dataclasses.replace(cards.STOCK, size=(20.0, 30.0))
    card = cards.card("bar", "l", turn=0.0, em=em, of=bars, in_hand=cards.hand(pen=Pen("felt", pen)), stock=tiny)
    card = dataclasses.replace(card, matrix=np.array([(em, 0, 0, em, 5.0, 10.0)]))
    press(tmp_path / "a.pdf", [card])
    document = pypdfium2.PdfDocument(tmp_path / "a.pdf")
    picture = document[0].render(scale=1200 / 72, grayscale=True).to_numpy()
    document.close()
    dark = 1 - picture.astype(float).squeeze() / 255
    dark /= dark.max()
    height = picture.shape[0] - (10 + 0.4 * em + cards.STOCK.bleed) / 25.4 * 1200
    assert dark[int(height)].sum() / 1200 * 25.4 == pytest.approx(pen, abs=0.022)
