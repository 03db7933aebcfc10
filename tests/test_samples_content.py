"""The sample shops and the library: every note is one that somebody would be glad to open."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from difflib import SequenceMatcher
from itertools import combinations
from pathlib import Path

import pytest

from notegen import compose, pipeline, settings
from notegen.lint import check_template
from notegen.model.diagnostic import Diagnostic
from notegen.model.facts import Facts
from notegen.model.note import Note, Role
from notegen.model.template import Template
from notegen.pipeline import Draft
from notegen.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
SHOPS = ("dealership", "bike-shop", "family-lawyer", "tokyo-training")
TODAY = date(2025, 11, 25)
SHORTEST, LONGEST = 220, 420
"""Characters of a note, greeting and signature included: what an A2 card takes without crowding."""
SHARED_RUN = 11
"""Words in a row that two notes of one batch may have in common: the apology, and a word or two by chance."""

_SHOP_PAIRS = [
    pytest.param(shop, f"{pairing.facts.stem}.yaml", pairing.template, id=f"{shop}-{pairing.facts.stem}")
    for shop in SHOPS
    for pairing in (settings.load(ROOT / "samples" / shop).value or Settings()).notes
]
_LIBRARY_PAIRS = [
    pytest.param("family-lawyer", "fallback.yaml", "honest-fallback", id="library-honest-fallback"),
]


def shop_of(name: str) -> Settings:
    """Load a sample shop, which must be without fault."""
    loaded = settings.load(ROOT / "samples" / name)
    assert not loaded.diagnostics, said(loaded.diagnostics)
    assert loaded.value is not None
    return loaded.value


def template_of(shop: Settings, name: str) -> Template:
    """Load a template by name, which must be without fault."""
    loaded = pipeline.load_template(name, shop)
    assert not loaded.diagnostics, said(loaded.diagnostics)
    assert loaded.value is not None
    return loaded.value


def drafts(shop_name: str, facts: str, template: str) -> list[Draft]:
    """Compose and judge every note of a batch."""
    shop = shop_of(shop_name)
    made = template_of(shop, template)
    loaded = pipeline.load_facts([ROOT / "samples" / shop_name / "facts" / facts], shop, TODAY)
    assert not loaded.diagnostics, said(loaded.diagnostics)
    wishes = pipeline.Wishes(today=TODAY)
    return [pipeline.draft(one, made, shop, wishes) for one in loaded.value or ()]


def said(found: tuple[Diagnostic, ...]) -> str:
    """Return findings as a person reads them."""
    return "\n".join(f"{one.span}: {one.code} {one.message} ({one.hint})" for one in found)


def note_of(draft: Draft) -> Note:
    """Return the note, or fail with the reasons."""
    assert draft.note is not None, said(draft.diagnostics)
    return draft.note


def body(note: Note) -> str:
    """Return the note's paragraphs, without greeting, closing and signature."""
    return "\n\n".join(note.text[block.start : block.end] for block in note.blocks if block.role is Role.BODY)


def names(one: Facts) -> Iterator[str]:
    """Return every word of every name in the customer's facts."""
    household = one.get("customer.household") or ()
    assert isinstance(household, tuple)
    for name in (one.get("customer.name"), one.get("customer.greeting"), one.get("customer.first_name"), *household):
        if isinstance(name, str):
            yield from re.findall(r"\w{2,}", name)


def masked(draft: Draft) -> list[str]:
    """Return the words of the body, with the customer's own names taken out."""
    own = set(names(draft.facts))
    return [word.lower() for word in re.findall(r"[\w']+", body(note_of(draft))) if word not in own]


def specifics(draft: Draft, shop: Settings) -> set[str]:
    """Return the facts of weight whose values the note prints."""
    paths = {path for piece in note_of(draft).pieces for path in piece.reads}
    fields = {path: shop.schema.lookup(path) for path in paths}
    return {path for path, field in fields.items() if field is not None and field.weight > 0}


@pytest.mark.parametrize(("shop", "facts", "template"), _SHOP_PAIRS + _LIBRARY_PAIRS)
class TestEveryBatch:
    """What holds for each note of each batch."""

    def test_lints_clean(self, shop: str, facts: str, template: str) -> None:
        for draft in drafts(shop, facts, template):
            assert not draft.diagnostics, f"{note_of(draft).text}\n\n{said(draft.diagnostics)}"

    def test_says_what_only_this_customer_would_have(self, shop: str, facts: str, template: str) -> None:
        for draft in drafts(shop, facts, template):
            if not draft.template.fallback:
                printed = specifics(draft, shop_of(shop))
                assert len(printed) >= 2, f"only {printed} in:\n{note_of(draft).text}"

    def test_has_the_parts_of_a_letter(self, shop: str, facts: str, template: str) -> None:
        for draft in drafts(shop, facts, template):
            note = note_of(draft)
            roles = [block.role for block in note.blocks]
            assert roles[0] is Role.GREETING, note.text
            assert roles.count(Role.CLOSING) == 1, note.text
            assert Role.SIGNATURE in roles, note.text
            assert roles.index(Role.CLOSING) > roles.index(Role.BODY), note.text

    def test_fits_a_card(self, shop: str, facts: str, template: str) -> None:
        for draft in drafts(shop, facts, template):
            note = note_of(draft)
            assert SHORTEST <= len(note.text) <= LONGEST, f"{len(note.text)} characters:\n{note.text}"

    def test_no_two_are_alike(self, shop: str, facts: str, template: str) -> None:
        for one, other in combinations(drafts(shop, facts, template), 2):
            mine, theirs = masked(one), masked(other)
            assert mine != theirs, f"{note_of(one).text}\n\nis the same as\n\n{note_of(other).text}"
            if one.template.fallback:
                continue
            run = SequenceMatcher(None, mine, theirs, autojunk=False).find_longest_match()
            shared = " ".join(mine[run.a : run.a + run.size])
            assert run.size <= SHARED_RUN, f"'{shared}' is in both\n\n{note_of(one).text}\n\n{note_of(other).text}"


@pytest.mark.parametrize("shop", SHOPS)
def test_each_shop_has_its_occasions(shop: str) -> None:
    """A main occasion with six customers, a problem put right, and an honest fallback."""
    opened = shop_of(shop)
    made = {pair.facts.stem: drafts(shop, pair.facts.name, pair.template) for pair in opened.notes}
    assert len(made) >= 3
    assert max(map(len, made.values())) >= 6
    assert any(template_of(opened, pair.template).fallback for pair in opened.notes)
    assert all(draft.facts.has("problem.put_right") for draft in made["problem"])


def test_templates_are_without_fault() -> None:
    """The library's templates, and each shop's own, judged without any customer."""
    for shop in SHOPS:
        opened = shop_of(shop)
        for name, path in pipeline.template_names(opened).items():
            template = template_of(opened, name)
            found = (*compose.check(template, opened.schema), *check_template(template, opened.schema))
            assert not found, f"{path}:\n{said(found)}"
            assert template.name == name
            assert template.occasion, path


def test_every_library_template_is_used() -> None:
    """No template of the library goes without a sample that shows what it writes."""
    used = {case.values[2] for case in _SHOP_PAIRS + _LIBRARY_PAIRS}
    library = {path.stem for path in (ROOT / "templates").glob("*.j2") if not path.name.startswith("_")}
    assert library <= used


def test_the_lawyer_is_discreet() -> None:
    """No note of the lawyer's names a matter, the courts or the trade: a card stands where guests can read it."""
    telling = re.compile(
        r"divorc|custod|alimon|adopt|separat|guardian|settlement|probate|\bcourt|judge|hearing|lawyer|attorney"
        r"|family law|husband|\bwife\b|\bex\b|\bcase\b|\bclient|\bmatter\b",
        re.IGNORECASE,
    )
    for pairing in shop_of("family-lawyer").notes:
        for draft in drafts("family-lawyer", pairing.facts.name, pairing.template):
            assert not telling.search(note_of(draft).text), note_of(draft).text


def _fenced(page: str, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", (ROOT / "docs" / page).read_text(encoding="utf-8"), re.DOTALL)


def test_the_worked_example_is_true(tmp_path: Path) -> None:
    """The customer file in docs/facts.md makes the note that is printed under it."""
    shop = shop_of("dealership")
    file = tmp_path / "whitcomb.yaml"
    file.write_text(_fenced("facts.md", "yaml")[0], encoding="utf-8")
    loaded = pipeline.load_facts([file], shop, TODAY)
    assert not loaded.diagnostics, said(loaded.diagnostics)
    template = template_of(shop, str(ROOT / "templates" / "same-day-thanks.j2"))
    (draft,) = [pipeline.draft(one, template, shop, pipeline.Wishes(today=TODAY)) for one in loaded.value or ()]
    assert _fenced("facts.md", "text")[0].split() == note_of(draft).text.split()
