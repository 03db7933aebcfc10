"""Names in notegen.yaml that stand for nothing, each found at its line when a shop is judged or opened."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from notegen.errors import NotegenError, UnknownName
from notegen.model.diagnostic import Diagnostic, Severity
from notegen.pipeline import looks
from notegen.pipeline.opening import card_stock, hands, sheet_named, stocks

if TYPE_CHECKING:
    from notegen.model.source import Span
    from notegen.settings import Settings

T = TypeVar("T")


def check_names(shop: Settings) -> Iterator[Diagnostic]:
    """Find every name that stands for nothing: those of `check_looks` and of `check_printing`."""
    yield from check_looks(shop)
    yield from check_printing(shop)


def check_looks(shop: Settings) -> Iterator[Diagnostic]:
    """Find a hand, stock, pen, locale or currency that there is not."""
    from notegen import compose

    wanted = (("hand", shop.hand, hands(shop).get), ("stock", shop.stock, partial(card_stock, stocks(shop))))
    for path, name, get in wanted:
        if name is not None:
            yield from _misnamed(get, name, shop.places.get(path))
    yield from (_unknown(error, shop.places.get(path)) for path, error in looks.mistakes(shop))
    if "locale" in shop.places and not compose.is_locale(shop.locale):
        known = UnknownName("locale", shop.locale, ("en_US", "en_GB", "de_DE", "fr_FR"))
        yield _unknown(known, shop.places.get("locale"))
    if "currency" in shop.places and not compose.is_currency(shop.currency):
        known = UnknownName("currency", shop.currency, ("USD", "EUR", "GBP", "JPY", "CAD"))
        yield _unknown(known, shop.places.get("currency"))


def check_printing(shop: Settings) -> Iterator[Diagnostic]:
    """Find a condition, profile, sheet or printer of `print:` that there is not, and pictures of `art:` without a file.

    What is inside a picture is looked at when cards are printed, by `notegen.pipeline.dressing`.
    """
    said = shop.printing
    if said.condition is not None:
        from notegen.press.conditions import conditions

        yield from _misnamed(conditions().get, said.condition, said.places.get("condition"))
    if said.icc is not None:
        from notegen.press.conditions import condition_of

        yield from _misnamed(condition_of, said.icc, said.places.get("icc"))
    if said.sheet is not None:
        yield from _misnamed(partial(_sheet_or_paper, shop), said.sheet, said.places.get("sheet"))
    if said.printer is not None:
        from notegen.pipeline.calibrating import printers

        yield from _misnamed(printers(shop).get, said.printer, said.places.get("printer"))
    if shop.art.pictures:
        from notegen.pipeline.dressing import absent

        yield from absent(shop)


def _sheet_or_paper(shop: Settings, name: str) -> object:
    from notegen.layout.impose import papers

    plain = papers()
    return plain.get(name) if name in plain else sheet_named(name, shop, plain.names())


def _misnamed(get: Callable[[T], object], name: T, place: Span | None) -> Iterator[Diagnostic]:
    """Yield why there is nothing of a name."""
    try:
        get(name)
    except NotegenError as error:
        yield _unknown(error, place)


def _unknown(error: NotegenError, place: Span | None) -> Diagnostic:
    return Diagnostic("F018", Severity.ERROR, error.message, place, error.hint)
