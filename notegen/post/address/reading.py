"""An address is made of what facts say, and judged by what its country's post needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final
from unicodedata import name as character_name

from notegen.errors import nearest
from notegen.model.address import Address, Written
from notegen.model.diagnostic import Checked, Diagnostic, Severity
from notegen.model.source import Span
from notegen.post.address import codes
from notegen.post.address.formats import Format, format_of, regions_of, served_by
from notegen.post.address.names import country_of, country_said, suggested
from notegen.post.address.postcodes import lies_in, restored, tidied
from notegen.post.address.writing import LAID_OUT, Clean, clean

_CALLED: Final = {"street": "street", "city": "town", "postcode": "postcode"}


def read(written: Written, sender_country: str) -> Checked[Address]:
    """Return the address that facts hold, with its country's code and its postcode as the post writes it.

    The findings point at the facts. There is no value when there is no address at all; with errors there is one, as far
    as it could be made.
    """
    told = clean(written, sender_country)
    found = [*told.diagnostics]
    if not told.lines and not any(part in told.parts for part in LAID_OUT):
        hint = "write street, city, region and postcode under address, or take this customer out of the run"
        who = told.parts.get("name")
        message = f"there is no address for {who}" if who else "there is no address"
        return Checked(None, (*found, _error(codes.NONE, message, _whole(written.places), hint)))
    country, wrong = _country(told, written.places)
    found.extend(wrong)
    parts = dict(told.parts)
    parts.pop("country", None)
    if country is not None and served_by(country) != country:
        parts.setdefault("region", country)
        country = served_by(country)
    how = format_of(country or sender_country)
    if not parts.get("name") and not parts.get("company"):
        hint = "write customer.name, or addressee under the address"
        found.append(_error(codes.NAMELESS, "the address has nobody's name", _whole(written.places), hint))
    # What a country that nobody knows would need is not known either.
    if not told.lines and codes.COUNTRY not in [one.code for one in wrong]:
        found.extend(_region(parts, how, written.places))
        found.extend(_postcode(parts, how, written.places))
        found.extend(_missing(parts, how, written.places))
    found.extend(_unprintable(told, written.places))
    name = parts.pop("name", "")
    return Checked(Address(name, **parts, country=country, lines=told.lines), tuple(found))


def _country(told: Clean, places: Mapping[str, Span]) -> tuple[str | None, tuple[Diagnostic, ...]]:
    """Return the code of the country that the facts name, or the last of the lines, and what is wrong with it."""
    text = told.parts.get("country")
    if text is None:
        return told.country, ()
    country = country_of(text)
    if country is None:
        near = suggested(text)
        hint = f"did you mean '{near}'?" if near else "write its code of two letters, such as DE or JP"
        message = f"there is no country called '{text}'"
        return told.country, (_error(codes.COUNTRY, message, places.get("country"), hint),)
    if told.country not in (None, country):
        last = country_said(told.country or "")
        message = f"the address ends with {last}, and its country is {country_said(country)}"
        hint = "keep the one that is right"
        return country, (_error(codes.COUNTRIES, message, places.get("country"), hint),)
    return country, ()


def _region(parts: dict[str, str], how: Format, places: Mapping[str, Span]) -> Iterator[Diagnostic]:
    """Give a region its code, or say that it is none or not there."""
    text, known = parts.get("region"), regions_of(how.code)
    where = country_said(how.code)
    if text is None:
        if how.region:
            message, hint = f"the address has no state or province, which {where} needs", "write it under region"
            yield _warning(codes.REGION, message, _whole(places), hint)
        return
    names = {one.name.casefold(): code for code, one in known.items()}
    code = text.replace(".", "").upper()
    found = code if code in known else names.get(text.casefold()) or _plainly(text, names)
    if found:
        parts["region"] = found
    elif known:
        near = nearest(text, [one.name for one in known.values()])
        hint = f"did you mean '{near}'?" if near else "what is no state stands under district"
        yield _warning(codes.NO_REGION, f"{where} has no state or province '{text}'", places.get("region"), hint)


def _plainly(text: str, names: Mapping[str, str]) -> str | None:
    """Return the code of a region whose name differs in accents alone."""
    from unicodedata import category, normalize

    def bare(word: str) -> str:
        return "".join(one for one in normalize("NFKD", word.casefold()) if category(one) != "Mn")

    return next((code for name, code in names.items() if bare(name) == bare(text)), None)


def _postcode(parts: dict[str, str], how: Format, places: Mapping[str, Span]) -> Iterator[Diagnostic]:
    """Give a postcode its form, or say that it is none."""
    text = parts.get("postcode")
    if text is None:
        return
    place, where = places.get("postcode"), country_said(how.code)
    made = tidied(text, how)
    whole = restored(text, how, parts.get("region")) if made is None else None
    if whole:
        hint = f'write "{whole}" in the facts, with the quotes'
        message = f"the postcode {text} has lost its zero; the envelope has {whole}"
        yield _warning(codes.ZERO, message, place, hint)
    elif made is None:
        hint = f"one of {where} looks like {how.example}" if how.example else "look it up"
        if text.isdigit() and tidied(f"0{text}", how):
            hint = f'did it begin with a zero? then write "{tidied(f"0{text}", how)}", with the quotes'
        yield _error(codes.POSTCODE, f"the postcode '{text}' cannot be one of {where}", place, hint)
        return
    parts["postcode"] = whole or made or text
    region = regions_of(how.code).get(parts.get("region", ""))
    if region is not None and not lies_in(parts["postcode"], region):
        message = f"the postcode {parts['postcode']} does not lie in {region.name}"
        yield _warning(codes.ELSEWHERE, message, place, "one of the two is wrong: look the address up")


def _missing(parts: Mapping[str, str], how: Format, places: Mapping[str, Span]) -> Iterator[Diagnostic]:
    """Yield the parts that the country's post needs and that are not there."""
    has = dict(parts)
    if how.town:
        has.setdefault("city", how.town)
    if any(part in parts for part in ("street2", "district", "company")):
        has.setdefault("street", "")
    for part in how.needs:
        if part not in has:
            called, where = _CALLED[part], country_said(how.code)
            message = f"the address has no {called}, which {where} needs"
            yield _error(codes.PART, message, _whole(places), f"write it under {part}")


def _unprintable(told: Clean, places: Mapping[str, Span]) -> Iterator[Diagnostic]:
    """Yield each part with characters that plain type lacks."""
    from notegen.plain import lacking

    texts = {**told.parts, **{f"lines.{number}": line for number, line in enumerate(told.lines)}}
    for part, text in texts.items():
        bad = "" if part == "country" or text.isascii() else lacking("".join(text.split()))
        if bad:
            named = ", ".join(f"'{one}' ({character_name(one, 'unnamed').lower()})" for one in bad[:3])
            hint = "write the address in Latin letters"
            yield _error(codes.CHARACTER, f"plain type has no letter for {named}", places.get(part), hint)


def _whole(places: Mapping[str, Span]) -> Span | None:
    return places.get("") or places.get("name")


def _error(code: str, message: str, span: Span | None, hint: str) -> Diagnostic:
    return Diagnostic(code, Severity.ERROR, message, span, hint)


def _warning(code: str, message: str, span: Span | None, hint: str) -> Diagnostic:
    return Diagnostic(code, Severity.WARNING, message, span, hint)
