"""What the tests of compose share: facts from YAML with places, and a template and a customer in one call."""

from __future__ import annotations

from collections.abc import Mapping

from notegen import yamlsource
from notegen.compose import compose, parse
from notegen.compose.check import check
from notegen.facts.schema import STANDARD, extended
from notegen.model.diagnostic import Checked, Diagnostic
from notegen.model.facts import Facts
from notegen.model.note import Note
from notegen.model.schema import Field, Kind
from notegen.model.source import Source
from notegen.model.template import Template

SCHEMA = extended(STANDARD, [Field("sale.trade_in", Kind.FLAG, "an old one was left with us", 1)])


def facts_of(text: str, key: str = "ana") -> Facts:
    """Return the facts of one YAML document, with a place for each."""
    read = yamlsource.parse(Source("facts/ana.yaml", text))
    assert read.value is not None and not read.diagnostics, read.diagnostics
    document = read.value[0]
    assert isinstance(document.value, Mapping)
    return Facts(key, document.source, document.value, document.spans)


ANA = facts_of(
    """\
customer:
  name: Ana Reyes
  first_name: Ana
  household: [Bo, Kim]
  company: N/A
  since: 2019-05-06
sale:
  date: 2026-03-04
  item: Outback Wilderness
  short: the Outback
  colour: "   "
  price: 31400
  quantity: 2
  details: {heated: true, towing: false, shade: geyser}
sales:
  - {item: Outback Wilderness, colour: geyser}
  - {item: Forester}
remember:
  - You came in the rain.
  - The dog slept under the desk.
shop: {name: Hillside Motors, signer: Kim Lee}
today: 2028-03-05
"""
)


def template_of(text: str, **library: str) -> Template:
    """Return a template that can be read; the names of its library get `.j2`."""
    read = parse(Source("t.j2", text), {f"{name}.j2": Source(f"{name}.j2", one) for name, one in library.items()})
    assert read.value is not None, read.diagnostics
    return read.value


def composed(text: str, facts: Facts = ANA, locale: str = "en_US", **library: str) -> Checked[Note]:
    """Compose a note."""
    return compose(facts, template_of(text, **library), SCHEMA, locale=locale)


def words(text: str, facts: Facts = ANA, locale: str = "en_US", **library: str) -> str:
    """Return the text of a note that must come out well."""
    made = composed(text, facts, locale, **library)
    assert made.value is not None, [one.message for one in made.diagnostics]
    return made.value.text


def found(text: str, facts: Facts = ANA, **library: str) -> list[tuple[str, str]]:
    """Return the code and the characters that each finding of a render points at."""
    return short(composed(text, facts, **library).diagnostics)


def checked(text: str, **library: str) -> list[tuple[str, str]]:
    """Return the same of the check that needs no customer."""
    return short(check(template_of(text, **library), SCHEMA))


def parsed(text: str, **library: str) -> list[tuple[str, str]]:
    """Return the same of reading a template."""
    sources = {f"{name}.j2": Source(f"{name}.j2", one) for name, one in library.items()}
    return short(parse(Source("t.j2", text), sources).diagnostics)


def short(diagnostics: tuple[Diagnostic, ...]) -> list[tuple[str, str]]:
    """Return codes with the characters they point at."""
    return [(one.code, one.span.text if one.span else "") for one in diagnostics]
