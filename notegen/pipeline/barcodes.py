"""Intelligent Mail barcodes for a mailing: who mails, numbers that count up, and each customer's ZIP."""

from __future__ import annotations

import re
from dataclasses import dataclass

from notegen.errors import NotegenError
from notegen.layout.mail_codes import NO_BARCODE
from notegen.model.diagnostic import Checked, Diagnostic, Severity
from notegen.model.mail import Barcode
from notegen.pipeline.destinations import Destination
from notegen.post import imb

EXAMPLE = "00,300,123456,1"


@dataclass(frozen=True, slots=True)
class Series:
    """Barcode identifier, service type and mailer of a mailing, and the first serial number."""

    identifier: str
    service: str
    mailer: str
    first: int = 1

    def tracking(self, number: int) -> str:
        """Return the tracking code of the piece with a number, from 0; raises NotegenError when they run out."""
        digits = imb.TRACKING - len(self.identifier + self.service + self.mailer)
        serial = str(self.first + number)
        if len(serial) > digits:
            raise NotegenError(
                f"the serial number {serial} has more than {digits} digits", hint="begin with a smaller one"
            )
        return self.identifier + self.service + self.mailer + serial.zfill(digits)

    def barcode(self, number: int, key: str, to: Destination, home: str) -> Checked[Barcode]:
        """Return the barcode of a piece, or a warning that it has none: it leaves the country, or its ZIP is odd."""
        country = to.address.country or home
        if country != "US":
            return Checked(None, (_none(key, f"the address is in {country}", "it goes without"),))
        routing = re.sub(r"\D", "", to.address.postcode or _zip(to.lines))
        if len(routing) not in imb.ROUTINGS[1:]:
            what = f"the ZIP '{to.address.postcode}'" if to.address.postcode else "the address"
            return Checked(None, (_none(key, f"{what} has no 5, 9 or 11 digits", "correct the ZIP"),))
        return Checked(imb.barcode(imb.encode(self.tracking(number), routing)))


def series(text: str) -> Series:
    """Read `IDENTIFIER,SERVICE,MAILER[,FIRST]`; raises NotegenError for what no barcode can carry."""
    parts = [part.strip() for part in text.split(",")]
    if len(parts) not in (3, 4) or any(not part.isascii() or not part.isdigit() for part in parts):
        raise NotegenError(
            f"'{text}' does not name a series of barcodes", hint=f"identifier, service type, mailer, first: {EXAMPLE}"
        )
    identifier, service, mailer = parts[:3]
    for name, digits, lengths in (
        ("barcode identifier", identifier, (2,)),
        ("service type", service, (3,)),
        ("mailer", mailer, (6, 9)),
    ):
        if len(digits) not in lengths:
            wanted = " or ".join(map(str, lengths))
            raise NotegenError(f"the {name} '{digits}' has {len(digits)} digits, not {wanted}", hint=EXAMPLE)
    made = Series(identifier, service, mailer, int(parts[3]) if len(parts) == 4 else 1)
    imb.encode(made.tracking(0))
    return made


def _zip(lines: tuple[str, ...]) -> str:
    """Return the ZIP at the end of the last line of an address that was written out."""
    found = re.search(r"\b(\d{5}(?:-\d{4})?)$", lines[-1]) if lines else None
    return found[1] if found else ""


def _none(key: str, why: str, hint: str) -> Diagnostic:
    return Diagnostic(NO_BARCODE, Severity.WARNING, f"no Intelligent Mail barcode: {why}", hint=hint, note=key)
