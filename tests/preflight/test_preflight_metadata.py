"""What a file says twice is compared as it is meant: dates as moments, lists as lists."""

from __future__ import annotations

import pytest
from faults import edited, good, xmp
from pikepdf import Pdf, String

from notegen.preflight import check, metadata


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("D:20260304100000+01'00'", "2026-03-04T10:00:00+01:00", True),
        ("D:20260304100000+01'00'", "2026-03-04T09:00:00Z", True),
        ("D:20260304100000Z00'00'", "2026-03-04T10:00:00Z", True),
        ("D:20260304100000", "2026-03-04T10:00:00+05:00", True),
        ("D:20260304100000-08'00", "2026-03-04T10:00:00-08:00", True),
        ("D:20260304100000Z", "2026-03-04T10:00:00.250Z", True),
        ("D:2026", "2026-01-01", True),
        ("D:20260304100000Z", "2026-03-04T10:00:01Z", False),
        ("D:20260304100000Z", "2026-03-04T10:00:00+01:00", False),
        ("D:20261304100000Z", "2026-03-04T10:00:00Z", False),
        ("yesterday", "2026-03-04T10:00:00Z", False),
    ],
)
def test_dates_are_the_same_moment(one: str, other: str, same: bool) -> None:
    assert metadata.same_time(one, other) is same


@pytest.mark.parametrize(("author", "codes"), [("Ana Reyes; Bo Lind", set()), ("Ana Reyes, Bo Lind", set()),
                                               ("Bo Lind", {"P114"})])  # fmt: skip
def test_several_authors_are_compared_as_a_list(author: str, codes: set[str]) -> None:
    two = "<dc:creator><rdf:Seq><rdf:li>Ana Reyes</rdf:li><rdf:li>Bo Lind</rdf:li></rdf:Seq></dc:creator>"

    def change(pdf: Pdf) -> None:
        pdf.docinfo["/Author"] = String(author)
        xmp("<dc:format>", f"{two}<dc:format>")(pdf)

    assert {one.code for one in check(edited(change)).errors} == codes


def test_the_packet_is_read_with_attributes_and_elements() -> None:
    packet = (
        '<x xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><rdf:Description pdf:Trapped="False"><dc:title><rdf:Alt>'
        "<rdf:li>Thanks</rdf:li><rdf:li>Danke</rdf:li></rdf:Alt></dc:title></rdf:Description></x>"
    )
    assert metadata.properties(packet.encode()) == {metadata.PDF + "Trapped": "False", metadata.DC + "title": "Thanks"}


def test_the_good_file_names_its_standard_in_the_packet_alone() -> None:
    assert b"PDF/X-4" in good()
    assert "P113" not in check(good()).codes
