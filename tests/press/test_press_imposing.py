"""Pages of existing PDFs on sheets: in their place, as they were, with all that they need."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from bounds import within_bounds
from pages import card, pdf_greys

from notegen import pipeline
from notegen.errors import NotegenError, UnreadableFile
from notegen.layout import impose
from notegen.model.imposition import Imposing, Order
from notegen.model.page import Area, Group, Item, Page, Paint, PlacedCard, Words
from notegen.model.piece import Piece
from notegen.model.printer import Printer
from notegen.model.purpose import Duplex, Purpose, Setup
from notegen.model.stock import Box
from notegen.press import conditions, write_pages
from notegen.press.imposing import ImposedSheet, PlacedPage, source_pages, write_imposed
from notegen.settings import Settings

W, H = 88.9, 50.8
SPOT = Paint((0.1, 0.9, 0.8, 0.0), "PANTONE 185 C")
SHOP = Settings()


def front(number: int) -> tuple[Item, ...]:
    return Area((Box(-3, -3, 30, H + 6),), SPOT), Words(35, 20, f"Front {number}", 8)


def back(number: int) -> tuple[Item, ...]:
    return Area((Box(-3, H - 8, W + 6, 11),)), Words(5, 20, f"back {number}", 6)


def pieces(count: int) -> list[Piece]:
    return [Piece(str(n), (W, H), front(n), back(n), 3.0) for n in range(1, count + 1)]


def source(folder: Path, count: int = 5, setup: Setup | None = None) -> Path:
    """Write fronts and backs in turn, with bleed and a broad margin such as marks stand in."""
    path = folder / "cards.pdf"
    pages = [Page((W, H), side, 3.0, 12.0) for one in pieces(count) for side in (one.front, one.back)]
    write_pages(pages, path, setup or Setup("cards", "en"))
    return path


def imposed(path: Path, asked: pipeline.Asked) -> Path:
    target = path.with_name("sheets.pdf")
    pipeline.impose_file(pipeline.plan_file(path, asked, SHOP), target)
    return target


def asked(
    sheet: str = "letter", per_piece: int = 2, duplex: Duplex | None = Duplex.LONG, **how: object
) -> pipeline.Asked:
    return pipeline.Asked(sheet, Imposing(duplex=duplex, **how), per_piece)  # type: ignore[arg-type]


@pytest.mark.parametrize("duplex", list(Duplex))
def test_both_back_ends_make_the_same_sheets(duplex: Duplex, tmp_path: Path) -> None:
    path = source(tmp_path)
    made = imposed(path, asked(duplex=duplex, order=Order.STACK, skip=2, job="x"))
    sheet = impose.grid(impose.papers().get("letter"), (W, H), bleed=3.0)
    drawn = tmp_path / "drawn.pdf"
    nameless = [Piece("", one.size, one.front, one.back, one.bleed) for one in pieces(5)]
    write_pages(impose.sheets(nameless, sheet, Imposing(Order.STACK, duplex, 2, job="x")), drawn, Setup("s", "en"))
    ones, others = (pdf_greys(one.read_bytes(), 100) for one in (made, drawn))
    assert len(ones) == len(others) == 2
    for one, other in zip(ones, others, strict=True):
        assert one.shape == other.shape
        assert np.abs(one.astype(int) - other).mean() < 0.4
        assert (one < 128).any()


def test_every_sheet_shows_its_own_pages(tmp_path: Path) -> None:
    made = imposed(source(tmp_path, 20), asked())
    with pikepdf.open(made) as pdf:
        shown = [sorted(int(str(name)[2:]) for name in page.Resources.XObject) for page in map(_obj, pdf.pages)]
    assert shown[0] == list(range(0, 16, 2))
    assert shown[1] == list(range(1, 17, 2))
    assert sorted(one for sheet in shown for one in sheet) == list(range(40))


def _obj(page: pikepdf.Page) -> pikepdf.Object:
    return page.obj


def test_what_all_sheets_share_is_drawn_over_their_pages(tmp_path: Path) -> None:
    path = source(tmp_path, 1)
    mark = Group((Area((Box(0, 0, 9, 9),)),), shared=True)
    placed = PlacedPage(0, (1.0, 0.0, 0.0, 1.0, 20.0, 20.0), Box(0, 0, 120, 90))
    write_imposed(path, [ImposedSheet(Page((120, 90), (mark,)), (placed,))], tmp_path / "sheet.pdf")
    grey = pdf_greys((tmp_path / "sheet.pdf").read_bytes(), 25.4)[0]
    assert grey[-5, 5] < 60  # the mark
    assert grey[90 - 40, 30] < 200  # the card


def test_boxes_are_the_papers(tmp_path: Path) -> None:
    with pikepdf.open(imposed(source(tmp_path), asked("a4"))) as pdf:
        for page in pdf.pages:
            for box in (page.mediabox, page.trimbox, page.obj.BleedBox):
                assert [float(one) for one in box] == pytest.approx([0, 0, 210 * 72 / 25.4, 297 * 72 / 25.4], abs=0.01)
        assert pdf.Root.ViewerPreferences.Duplex == "/DuplexFlipLongEdge"
        assert pdf.Root.ViewerPreferences.PrintScaling == "/None"


def test_a_press_file_stays_one(tmp_path: Path) -> None:
    path = source(tmp_path, setup=Setup("c", "en", purpose=Purpose.PRESS, condition=conditions().get("gracol")))
    with pikepdf.open(path) as before, pikepdf.open(imposed(path, asked())) as after:
        assert after.Root.Metadata.read_bytes() == before.Root.Metadata.read_bytes()
        assert "/Filter" not in after.Root.Metadata
        one, other = before.Root.OutputIntents[0], after.Root.OutputIntents[0]
        assert one.DestOutputProfile.read_bytes() == other.DestOutputProfile.read_bytes()
        assert after.pdf_version == before.pdf_version == "1.6"
        assert all(page.obj.Group.CS == before.pages[0].obj.Group.CS for page in after.pages)
        assert after.docinfo == before.docinfo
        assert "/ID" in after.trailer


def test_document_parts_go_with_the_pages_that_they_are_of(tmp_path: Path) -> None:
    gracol = conditions().get("gracol")
    path = source(tmp_path, setup=Setup("c", "en", purpose=Purpose.PRESS, condition=gracol, record=2))
    with pikepdf.open(path) as before, pikepdf.open(imposed(path, asked())) as after:
        assert "/DPartRoot" in before.Root and "/DPartRoot" not in after.Root
        one, other = (pdf.Root.Metadata.read_bytes() for pdf in (before, after))
        said = b"pdfvtid:GTS_PDFVTVersion>"
        assert said in one and said not in other
        assert b"<pdfxid:GTS_PDFXVersion>PDF/X-4<" in other


def test_spots_and_fonts_are_kept_and_shared(tmp_path: Path) -> None:
    one = card("Dear Ana,\n\nThank you for the bicycle.", stock="us-a2")
    stock = one.stock
    path = tmp_path / "cards.pdf"
    items = (Area((Box(0, 0, 9, 9),), SPOT), PlacedCard(one), Words(9, 9, "Lind Bicycles"))
    page = Page(stock.size, items, stock.bleed, stock.bleed)
    write_pages([page] * 6, path, Setup("cards", "en"))
    made = imposed(path, asked(per_piece=1, duplex=None))
    with pikepdf.open(path) as before, pikepdf.open(made) as after:
        programs = [sum("/FontFile2" in thing for thing in dictionaries(pdf)) for pdf in (before, after)]
        assert programs == [2, 3], "the source's fonts once, and that of the slug"
        names = [str(thing.FontName) for thing in dictionaries(after) if "/FontFile2" in thing]
        assert len({name.split("+")[1] for name in names}) == 3
        plates = {str(thing[1]) for thing in after.objects if isinstance(thing, pikepdf.Array) and len(thing) == 4}
        assert "/PANTONE 185 C" in plates


def dictionaries(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    return [thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary)]


def test_the_same_file_gives_the_same_bytes(tmp_path: Path) -> None:
    path = source(tmp_path)
    first = imposed(path, asked()).read_bytes()
    assert imposed(path, asked()).read_bytes() == first
    assert imposed(path, asked(skip=1)).read_bytes() != first


def test_a_page_that_stands_above_itself_is_read(tmp_path: Path) -> None:
    path = tmp_path / "loop.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(200, 150))
        pdf.save(path, object_stream_mode=pikepdf.ObjectStreamMode.disable, static_id=True)
    data = path.read_bytes()
    parent = data.index(b"/Parent ") + len(b"/Parent ")
    own = b"%d 0 R" % int(data[: data.index(b"/MediaBox")].rsplit(b" 0 obj", 1)[0].split()[-1])
    path.write_bytes(data[:parent] + own + data[parent + len(own) :])
    assert within_bounds(lambda: str(len(source_pages(path)))) == "1"


def test_a_count_of_pages_that_is_wrong_is_damage(tmp_path: Path) -> None:
    path = tmp_path / "count.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(200, 150))
        pdf.save(path, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    path.write_bytes(path.read_bytes().replace(b"/Count 1", b"/Count 0"))
    placed = PlacedPage(0, (1.0, 0.0, 0.0, 1.0, 20.0, 20.0), Box(0, 0, 120, 90))
    with pytest.raises(UnreadableFile, match="is damaged"):
        write_imposed(path, [ImposedSheet(Page((120, 90), ()), (placed,))], tmp_path / "sheet.pdf")
    assert not (tmp_path / "sheet.pdf").exists()


def changed(path: Path, change: Callable[[pikepdf.Pdf], None]) -> Path:
    target = path.with_name("changed.pdf")
    with pikepdf.open(path) as pdf:
        change(pdf)
        pdf.save(target)
    return target


@pytest.mark.parametrize("turn", [90, 180, 270, -90, 450])
def test_a_turned_page_is_what_one_sees(turn: int, tmp_path: Path) -> None:
    """Pages that a viewer turns go on the sheet as it shows them."""

    def rotate(pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages:
            page.obj.Rotate = turn

    path = changed(source(tmp_path, 1), rotate)
    first, _ = source_pages(path)
    assert first.size == pytest.approx((H, W) if turn % 180 else (W, H), abs=0.01)
    (shown, _), (sheet, _) = pdf_greys(path.read_bytes(), 101.6), pdf_greys(imposed(path, asked()).read_bytes(), 101.6)
    slot = pipeline.plan_file(path, asked(), SHOP).first[0].places[0].seat
    seen = shown[12 * 4 : -12 * 4, 12 * 4 : -12 * 4]  # without the margin
    left, top = round(slot.box.x * 4), round(sheet.shape[0] - slot.box.top * 4)
    placed = np.rot90(seen, slot.turn // 90)
    found = sheet[top : top + placed.shape[0], left : left + placed.shape[1]]
    assert np.abs(found.astype(int) - placed).mean() < 8
    assert np.abs(np.rot90(found, 2).astype(int) - placed).mean() > 16


def test_a_rotation_may_stand_above_the_page_and_units_may_be_large(tmp_path: Path) -> None:
    def inherit(pdf: pikepdf.Pdf) -> None:
        pdf.Root.Pages.Rotate = 90
        for page in pdf.pages:
            page.obj.UserUnit = 2

    first, _ = source_pages(changed(source(tmp_path, 1), inherit))
    assert first.size == pytest.approx((2 * H, 2 * W), abs=0.01)
    assert first.bleed == pytest.approx(6, abs=0.01)


def test_boxes_that_are_missing_or_upside_down(tmp_path: Path) -> None:
    def bare(pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages:
            del page.obj.BleedBox
            x0, y0, x1, y1 = page.obj.TrimBox
            page.obj.TrimBox = [x1, y1, x0, y0]

    first, _ = source_pages(changed(source(tmp_path, 1), bare))
    assert first.size == pytest.approx((W, H), abs=0.01)
    assert first.bleed == pytest.approx(3.175, abs=0.01), (
        "an eighth of an inch of what is around the trim, not its marks"
    )

    def media(pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages:
            del page.obj.BleedBox, page.obj.TrimBox

    first, _ = source_pages(changed(source(tmp_path, 1), media))
    assert (first.size, first.bleed) == (pytest.approx((W + 24, H + 24), abs=0.01), 0)


def test_what_spoke_of_the_old_pages_goes_and_annotations_are_printed(tmp_path: Path) -> None:
    def note(pdf: pikepdf.Pdf) -> None:
        form = pdf.make_stream(b"0 0 0 1 k 0 0 50 50 re f")
        form.update({"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Form, "/BBox": [0, 0, 50, 50]})
        stamp = {"/Type": pikepdf.Name.Annot, "/Subtype": pikepdf.Name.Stamp, "/Rect": [150, 60, 200, 110], "/F": 4}
        annot = pdf.make_indirect(pikepdf.Dictionary(stamp))
        annot.AP = pikepdf.Dictionary(N=form)
        pdf.pages[0].obj.Annots = [annot]
        with pdf.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem("first", 0))
        pdf.Root.PageMode = pikepdf.Name.UseOutlines

    plain = source(tmp_path, 1)
    before = pdf_greys(imposed(plain, asked()).read_bytes(), 72)[0]
    made = imposed(changed(plain, note), asked())
    with pikepdf.open(made) as pdf:
        assert not {"/Outlines", "/PageMode", "/AcroForm"} & set(pdf.Root.keys())
    after = pdf_greys(made.read_bytes(), 72)[0]
    assert 2000 < (after < 100).sum() - (before < 100).sum() < 3000


def test_a_printers_faults_are_put_right(tmp_path: Path) -> None:
    path = source(tmp_path, 1)
    plain = pdf_greys(imposed(path, asked()).read_bytes(), 254)
    printer = Printer("p", front=(2.0, -1.0), back=(-3.0, 0.5))
    wish = pipeline.Asked("letter", Imposing(duplex=Duplex.LONG), 2, printer=printer)
    moved = pdf_greys(imposed(path, wish).read_bytes(), 254)
    for before, after, (x, y) in zip(plain, moved, (printer.front, printer.back), strict=True):
        expected = np.roll(before, (round(-y * 10), round(x * 10)), axis=(0, 1))
        assert np.abs(after.astype(int) - expected).mean() < 0.5


ODD = {
    "/Rotate": [pikepdf.Name.X],
    "/UserUnit": [0, -1, pikepdf.Name.X],
    "/TrimBox": [pikepdf.String("x"), [10, 10, 10, 10], [5000, 5000, 6000, 6000], [1, 2, 3]],
    "/MediaBox": [[0, 0, 1, 1], pikepdf.Name.X],
    "/Contents": [pikepdf.Name.X],
    "/Annots": [pikepdf.Name.X],
}


@pytest.mark.parametrize(("key", "value"), [(key, value) for key, values in ODD.items() for value in values], ids=str)
def test_pages_that_make_no_sense_are_refused(key: str, value: object, tmp_path: Path) -> None:
    path = changed(source(tmp_path, 1), lambda pdf: pdf.pages[1].obj.__setitem__(key, value))
    assert "page 2" in refused(path, asked()) or "damaged" in refused(path, asked())


def test_a_wrong_count_of_pages_is_damage(tmp_path: Path) -> None:
    """The pages are read one by one, and the count is looked at only when sheets are put behind them."""
    path = tmp_path / "count.pdf"
    with pikepdf.new() as pdf:
        for _ in range(2):
            pdf.add_blank_page(page_size=(200, 150))
        pdf.save(path, object_stream_mode=pikepdf.ObjectStreamMode.disable, static_id=True)
    path.write_bytes(path.read_bytes().replace(b"/Count 2", b"/Count 0"))
    assert "damaged" in refused(path, asked())


def test_flipped_bytes_give_sheets_or_one_sentence(tmp_path: Path) -> None:
    good = source(tmp_path, 2).read_bytes()
    path = tmp_path / "flipped.pdf"
    for start in range(0, len(good), 211):
        path.write_bytes(good[:start] + bytes((good[start] ^ 0x15,)) + good[start + 1 :])
        try:
            imposed(path, asked())
        except NotegenError as error:
            assert str(path) in error.message
            assert not path.with_name("sheets.pdf").exists()
        path.with_name("sheets.pdf").unlink(missing_ok=True)


def refused(path: Path, wish: pipeline.Asked) -> str:
    with pytest.raises(NotegenError) as error:
        imposed(path, wish)
    assert not path.with_name("sheets.pdf").exists()
    return error.value.message


def test_what_cannot_be_imposed_is_said_in_one_sentence(tmp_path: Path) -> None:
    path = source(tmp_path)
    assert "88.9 x 50.8 mm does not fit a slot of avery-5160, 66.675 x 25.4 mm" in refused(path, asked("avery-5160"))
    assert "there is no sheet called 'lettre'" in refused(path, asked("lettre"))
    assert "have no back" in refused(path, asked(per_piece=1))
    wish = pipeline.Asked("avery-5371", Imposing(), 2, gutter=3.0)
    assert "says where its pieces are" in refused(path, wish)
    write_pages([Page((W, H), ()), Page((105, 148), ())], path, Setup("mixed", "en"))
    assert "page 2 of" in refused(path, asked()) and "is 105 x 148 mm, and page 1 is 88.9 x 50.8 mm" in refused(
        path, asked()
    )
    write_pages([Page((W, H), ())] * 3, path, Setup("odd", "en"))
    assert "has 3 pages, so not every front has a back" in refused(path, asked())
    write_pages([Page((2, 2), ())], path, Setup("small", "en"))
    assert "too small" in refused(path, asked(per_piece=1, duplex=None))


def spoiled(folder: Path) -> Sequence[tuple[Path, str]]:
    good = source(folder).read_bytes()
    text, half, locked, limited = (folder / name for name in ("text.pdf", "half.pdf", "locked.pdf", "limited.pdf"))
    text.write_text("Dear Ana")
    half.write_bytes(good[: len(good) // 8])
    with pikepdf.open(folder / "cards.pdf") as pdf:
        pdf.save(locked, encryption=pikepdf.Encryption(owner="o", user="u"))
        pdf.save(limited, encryption=pikepdf.Encryption(owner="o", user=""))
    return (
        (text, "not a PDF"),
        (half, "half.pdf is"),
        (locked, "locked with a password"),
        (limited, "is encrypted"),
        (folder / "none.pdf", "there is no file"),
        (folder, ""),
    )


def test_files_that_are_no_good_are_refused(tmp_path: Path) -> None:
    for path, words in spoiled(tmp_path):
        with pytest.raises((UnreadableFile, NotegenError)) as error:
            imposed(path, asked())
        assert words in error.value.message
