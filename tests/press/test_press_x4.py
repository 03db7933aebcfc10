"""A press file is PDF/X-4 as far as its rules are known: each test names the rule that it holds the file to."""

from __future__ import annotations

import dataclasses
import datetime
import os
import subprocess
import sys
from pathlib import Path

import cards
import pikepdf
import pytest

from notegen.errors import NotegenError, UnreadableFile
from notegen.layout.marks import Marks, Slug, marked
from notegen.model.page import Area, Line, Outline, Page, Paint, PlacedCard, Words, moved
from notegen.model.purpose import Duplex, Plate, Purpose, Setup
from notegen.model.stock import Box
from notegen.press import conditions, write_pages
from notegen.press.pdf import bare

SETUP = Setup('Thanks & "more" für Émile', "en_US", "Dana <d@example.com>", Purpose.PRESS, conditions().get("gracol"))
NAMES = {
    "pdfxid": "http://www.npes.org/pdfx/ns/id/", "pdf": "http://ns.adobe.com/pdf/1.3/",
    "xmp": "http://ns.adobe.com/xap/1.0/", "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
    "dc": "http://purl.org/dc/elements/1.1/", "pdfvtid": "http://www.npes.org/pdfvt/ns/id/",
}  # fmt: skip


def sample() -> list[Page]:
    """Return pages with everything that can be on one: cards alone, with others, twice, marks, words, plates."""
    one = cards.card()
    bleed = cards.STOCK.bleed
    ground = Area((Box(-bleed, -bleed, 160, 110),), Paint((0.1, 0.05, 0.0, 0.0)))
    gold = Outline("mlch", ((5, 5), (9, 5), (9, 9), (6, 9), (5, 8)), Paint((0.2, 0.3, 0.8, 0.1), "Gold"), 0.4)
    words = Words(10, 10, "Łódź 東京 12", 4)
    two = (PlacedCard(one), PlacedCard(one, moved(5, 5), Box(0, 0, 50, 50)), Line(0, 0, 9, 9))
    return [
        bare(one),
        marked(Page(cards.STOCK.size, (ground, PlacedCard(one), gold, words), bleed, bleed), Marks(slug=Slug("job"))),
        Page((160, 120), two, 3, 3),
        Page((100, 50), (words,)),
    ]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the sample for the press."""
    made = tmp_path_factory.mktemp("press") / "a.pdf"
    write_pages(sample(), made, SETUP)
    return made


def metadata(pdf: pikepdf.Pdf) -> dict[str, str]:
    """Return the simple properties of the XMP packet, by prefixed name, whatever its spelling."""
    from lxml import etree

    tree = etree.fromstring(pdf.Root.Metadata.read_bytes())
    prefixes = {uri: name for name, uri in NAMES.items()}
    (about,) = tree.iter("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}Description")
    found = {}
    for one in about:
        name = etree.QName(one)
        if name.namespace in prefixes:
            found[f"{prefixes[name.namespace]}:{name.localname}"] = "".join(one.itertext()).strip()
    return found


def streams(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    """Return what paints: pages and forms."""
    forms = [one for one in pdf.objects if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Form"]
    return [*pdf.pages, *forms]


def operators(pdf: pikepdf.Pdf) -> set[str]:
    return {str(step.operator) for one in streams(pdf) for step in pikepdf.parse_content_stream(one)}


def test_1_the_version_is_1_6(path: Path) -> None:
    assert path.read_bytes().startswith(b"%PDF-1.6\n%")


def test_2_the_packet_is_plain_and_says_which_standard(path: Path) -> None:
    """Uncompressed: a tool that does not know PDF finds it too."""
    with pikepdf.open(path) as pdf:
        assert "/Filter" not in pdf.Root.Metadata
        assert (str(pdf.Root.Metadata.Type), str(pdf.Root.Metadata.Subtype)) == ("/Metadata", "/XML")
        assert metadata(pdf)["pdfxid:GTS_PDFXVersion"] == "PDF/X-4"
    data = path.read_bytes()
    assert data.count(b"<?xpacket begin=") == data.count(b'<?xpacket end="w"?>') == 1


def test_3_packet_and_information_agree(path: Path) -> None:
    with pikepdf.open(path) as pdf:
        said, info = metadata(pdf), {key: str(value) for key, value in pdf.docinfo.items()}
    assert said["dc:title"] == info["/Title"] == SETUP.title
    assert said["dc:creator"] == info["/Author"] == SETUP.author
    assert said["pdf:Producer"] == info["/Producer"]
    assert said["xmp:CreatorTool"] == info["/Creator"]
    assert said["xmp:CreateDate"] == said["xmp:ModifyDate"] == said["xmp:MetadataDate"] == "2000-01-01T00:00:00+00:00"
    assert info["/CreationDate"] == info["/ModDate"] == "D:20000101000000+00'00'"
    assert said["xmpMM:DocumentID"].startswith("uuid:")
    assert (said["xmpMM:VersionID"], said["xmpMM:RenditionClass"]) == ("1", "default")
    assert "/GTS_PDFXVersion" not in info


def test_3_a_day_is_the_same_in_both(tmp_path: Path) -> None:
    write_pages(sample(), tmp_path / "a.pdf", dataclasses.replace(SETUP, date=datetime.date(2026, 3, 4)))
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        assert metadata(pdf)["xmp:CreateDate"] == "2026-03-04T00:00:00+00:00"
        assert str(pdf.docinfo.CreationDate) == "D:20260304000000+00'00'"


def test_5_trapped_is_known(path: Path) -> None:
    with pikepdf.open(path) as pdf:
        assert (metadata(pdf)["pdf:Trapped"], str(pdf.docinfo.Trapped)) == ("False", "/False")


def test_6_the_trailer_has_an_identity(path: Path) -> None:
    with pikepdf.open(path) as pdf:
        assert [len(bytes(one)) for one in pdf.trailer.ID] == [16, 16]


@pytest.mark.parametrize("condition", conditions(), ids=lambda one: one.name)
def test_7_one_output_intent_with_its_profile(tmp_path: Path, condition: object) -> None:
    """The profile is embedded, of class prtr, with four channels, and its condition is in the registry."""
    setup = dataclasses.replace(SETUP, condition=condition)
    write_pages([bare(cards.card())], tmp_path / "a.pdf", setup)
    assert setup.condition is not None
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        (intent,) = pdf.Root.OutputIntents
        data = intent.DestOutputProfile.read_bytes()
        assert (str(intent.S), int(intent.DestOutputProfile.N)) == ("/GTS_PDFX", 4)
        assert str(intent.OutputConditionIdentifier) == setup.condition.identifier
        assert str(intent.RegistryName) == "http://www.color.org"
        assert setup.condition.title in str(intent.Info)
    assert data == setup.condition.profile.read_bytes()
    assert (data[12:16], data[16:20]) == (b"prtr", b"CMYK")


def test_8_boxes_are_nested_and_there_is_no_art_box(path: Path) -> None:
    with pikepdf.open(path) as pdf:
        for page, made in zip(pdf.pages, sample(), strict=True):
            media, bleed, trim = ([float(one) for one in page[f"/{name}Box"]] for name in ("Media", "Bleed", "Trim"))
            assert "/ArtBox" not in page
            assert "/CropBox" not in page
            for outer, inner in ((media, bleed), (bleed, trim)):
                assert outer[0] <= inner[0] and outer[1] <= inner[1] and inner[2] <= outer[2] and inner[3] <= outer[3]
            got = [(trim[2] - trim[0]) * 25.4 / 72, (trim[3] - trim[1]) * 25.4 / 72, trim[0] * 25.4 / 72]
            assert got == pytest.approx([*made.size, made.margin], abs=0.05)
            assert (trim[0] - bleed[0]) * 25.4 / 72 == pytest.approx(made.bleed, abs=0.05)


def test_9_every_font_is_embedded_and_no_glyph_is_missing(path: Path) -> None:
    with pikepdf.open(path) as pdf:
        found = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/Font"]
        below = [font for font in found if font.Subtype == "/CIDFontType2"]
        assert {str(font.Subtype) for font in found} == {"/Type0", "/CIDFontType2"}
        assert all(len(font.FontDescriptor.FontFile2.read_bytes()) > 500 for font in below)
        assert len({str(font.BaseFont) for font in below}) == len(below) == 3
        shown = [bytes(step.operands[0]) for one in streams(pdf) for step in pikepdf.parse_content_stream(one) if
                 str(step.operator) == "Tj"]  # fmt: skip
    codes = [text[at : at + 2] for text in shown for at in range(0, len(text), 2)]
    assert codes
    assert b"\0\0" not in codes


def test_9_words_without_a_letter_are_refused(tmp_path: Path) -> None:
    with pytest.raises(NotegenError, match=r"no letter for .* \(U\+12000\)"):
        write_pages([Page((50, 50), (Words(1, 1, "a \U00012000"),))], tmp_path / "a.pdf", SETUP)
    assert list(tmp_path.iterdir()) == []


def test_10_colour_is_cmyk_or_a_plate(path: Path) -> None:
    """No RGB, no grey, no picture, no shading: neither as an operator nor as a space."""
    with pikepdf.open(path) as pdf:
        assert operators(pdf) == {
            "q", "Q", "cm", "re", "W", "n", "m", "l", "c", "h", "S", "f", "w", "d", "k", "cs", "scn", "CS", "SCN",
            "BT", "ET", "Tf", "Tm", "Tj", "TJ", "BDC", "EMC", "Do", "K",
        }  # fmt: skip
        spaces = [one for page in streams(pdf) for one in page.Resources.get("/ColorSpace", {}).values()]
        assert {(str(one[0]), str(one[2])) for one in spaces} == {("/Separation", "/DeviceCMYK")}
        assert {str(one[1]) for one in spaces} == {"/All", "/Gold", "/Blue Ink"}
    assert b"DeviceRGB" not in path.read_bytes()


def test_11_pages_blend_in_the_colours_of_the_output(path: Path) -> None:
    with pikepdf.open(path) as pdf:
        groups = [page.Group for page in pdf.pages]
        assert {(str(one.S), str(one.CS)) for one in groups} == {("/Transparency", "/DeviceCMYK")}
        assert len({one.objgen for one in groups}) == 1


def test_12_to_14_nothing_that_acts_hides_or_locks(path: Path) -> None:
    """No annotations, actions, forms, scripts, layers, encryption, LZW, PostScript, OPI, transfer curves, halftones."""
    with pikepdf.open(path) as pdf:
        assert set(pdf.Root.keys()) == {
            "/Type", "/Pages", "/Lang", "/ViewerPreferences", "/OutputIntents", "/Metadata",
        }  # fmt: skip
        keys = {key for one in pdf.objects if isinstance(one, pikepdf.Dictionary | pikepdf.Stream) for key in one}
        filters = {str(one.Filter) for one in pdf.objects if isinstance(one, pikepdf.Stream) and "/Filter" in one}
        assert not pdf.is_encrypted
    assert not keys & {
        "/Annots", "/AA", "/A", "/OpenAction", "/AcroForm", "/JavaScript", "/OCProperties", "/Alternates", "/OPI",
        "/TR", "/TR2", "/HT", "/BG", "/UCR", "/PS", "/ExtGState", "/SMask",
    }  # fmt: skip
    assert filters == {"/FlateDecode"}


def test_15_streams_end_with_a_line(path: Path) -> None:
    data = path.read_bytes()
    assert data.count(b"\nendstream\n") == data.count(b"endstream") > 5


def test_nothing_overprints(path: Path) -> None:
    """There is no graphics state in the file, so white knocks out what is below it."""
    with pikepdf.open(path) as pdf:
        assert "gs" not in operators(pdf)
        assert not any("/ExtGState" in one.Resources for one in streams(pdf))


def test_the_printer_is_asked_not_to_scale(path: Path) -> None:
    with pikepdf.open(path) as pdf:
        said = {key: str(value) for key, value in pdf.Root.ViewerPreferences.items()}
    assert said == {"/DisplayDocTitle": "True", "/PrintScaling": "/None"}


def test_a_page_with_one_card_has_it_in_its_own_stream(path: Path) -> None:
    """A form would be drawn twice as slowly; two cards need one each, for they bring their own fonts."""
    with pikepdf.open(path) as pdf:
        forms = [[name[1] for name in page.Resources.get("/XObject", {})] for page in pdf.pages]
    assert forms == [[], ["G"], ["X", "X"], []]


def test_marks_that_many_pages_have_are_written_once(tmp_path: Path) -> None:
    """The very same form on all of them, within the media; other marks, or another page, make another."""
    bleed = cards.STOCK.bleed
    many = [Page(cards.STOCK.size, (PlacedCard(cards.card(key)),), bleed, bleed) for key in "abc"]
    made = [marked(page, Marks(slug=Slug("job", number))) for number, page in enumerate(many, 1)]
    other = marked(Page((100, 60), (), bleed, bleed), Marks(crop=False))
    write_pages([*made, other], tmp_path / "a.pdf", SETUP)
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        forms = [page.Resources.XObject["/G0" if number < 3 else "/G1"] for number, page in enumerate(pdf.pages)]
        assert len({form.objgen for form in forms}) == 2
        assert forms[0].objgen == forms[1].objgen == forms[2].objgen
        margin = made[0].margin * 72 / 25.4
        box, media = [float(one) for one in forms[0].BBox], [float(one) for one in pdf.pages[0].MediaBox]
        assert [one + margin for one in box] == pytest.approx(media, abs=0.01)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"condition": None}, "needs a printing condition"),
        ({"title": " \n"}, "needs a title"),
        ({"purpose": Purpose.DESKTOP, "record": 2}, "press files alone"),
    ],
)
def test_a_setup_that_cannot_be_held_is_refused(tmp_path: Path, change: dict[str, object], said: str) -> None:
    with pytest.raises(NotegenError, match=said):
        write_pages(sample(), tmp_path / "a.pdf", dataclasses.replace(SETUP, **change))  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


def test_a_profile_that_is_gone_leaves_no_file(tmp_path: Path) -> None:
    assert SETUP.condition is not None
    lost = dataclasses.replace(SETUP.condition, profile=tmp_path / "lost.icc")
    with pytest.raises(UnreadableFile, match=r"lost\.icc"):
        write_pages(sample(), tmp_path / "a.pdf", dataclasses.replace(SETUP, condition=lost))
    assert list(tmp_path.iterdir()) == []


def test_texts_that_xml_cannot_hold_do_not_reach_it(tmp_path: Path) -> None:
    write_pages(sample(), tmp_path / "a.pdf", dataclasses.replace(SETUP, title="a\0b\n]]> &amp; \u202ec"))
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        assert metadata(pdf)["dc:title"] == str(pdf.docinfo.Title) == "a b ]]> &amp; c"


def test_desktop_files_tell_the_printer_what_to_do(tmp_path: Path) -> None:
    """Neither an intent nor a packet, but how the sheet is turned and which tray is meant, as PDF 1.7 has it."""
    for duplex, said in ((None, None), (Duplex.LONG, "/DuplexFlipLongEdge"), (Duplex.SHORT, "/DuplexFlipShortEdge")):
        write_pages(sample(), tmp_path / "a.pdf", Setup("t", "en", duplex=duplex))
        with pikepdf.open(tmp_path / "a.pdf") as pdf:
            wishes = {key: str(value) for key, value in pdf.Root.ViewerPreferences.items()}
            assert wishes.pop("/Duplex", None) == said
            assert wishes == {"/DisplayDocTitle": "True", "/PrintScaling": "/None", "/PickTrayByPDFSize": "True"}
            assert not {"/OutputIntents", "/Metadata"} & set(pdf.Root.keys())
            assert "/Group" not in pdf.pages[0]
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF-1.7")


SAME = """
import sys; from pathlib import Path; from test_press_x4 import SETUP, sample; from notegen.press import write_pages
write_pages(sample(), Path(sys.argv[1]), SETUP)
"""


def test_the_same_bytes_in_any_process(path: Path, tmp_path: Path) -> None:
    root = Path(__file__).resolve().parents[2]
    for seed in ("0", "4242"):
        parts = (root, root / "tests", root / "tests" / "press")
        env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(map(str, parts))}
        subprocess.run([sys.executable, "-c", SAME, str(tmp_path / "b.pdf")], check=True, env=env, timeout=60)
        assert (tmp_path / "b.pdf").read_bytes() == path.read_bytes()


def test_other_content_is_another_document(tmp_path: Path) -> None:
    found = set()
    for text in ("abc", "abd"):
        write_pages([bare(cards.card(text=text))], tmp_path / "a.pdf", SETUP)
        with pikepdf.open(tmp_path / "a.pdf") as pdf:
            found |= {metadata(pdf)["xmpMM:DocumentID"], bytes(pdf.trailer.ID[0])}
    assert len(found) == 4


def test_parts_name_the_pages_of_each_record(tmp_path: Path) -> None:
    """Five pages in records of two: every page knows its part, every part its first and last page."""
    setup = dataclasses.replace(SETUP, record=2, plate=Plate.BLACK)
    write_pages([bare(cards.card())] * 5, tmp_path / "a.pdf", setup)
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        root = pdf.Root.DPartRoot
        assert (str(root.Type), int(root.RecordLevel), len(root.NodeNameList)) == ("/DPartRoot", 1, 2)
        trunk = root.DPartRootNode
        assert trunk.Parent.objgen == root.objgen
        (leaves,) = trunk.DParts
        ends = [(leaf.Start.objgen, leaf.get("/End", leaf.Start).objgen) for leaf in leaves]
        numbers = [page.obj.objgen for page in pdf.pages]
        assert ends == [(numbers[0], numbers[1]), (numbers[2], numbers[3]), (numbers[4], numbers[4])]
        assert [page.DPart.objgen for page in pdf.pages] == [leaves[at // 2].objgen for at in range(5)]
        assert all(leaf.Parent.objgen == trunk.objgen for leaf in leaves)
        assert metadata(pdf)["pdfvtid:GTS_PDFVTVersion"] == "PDF/VT-1"
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        assert pdf.check_pdf_syntax() == []
