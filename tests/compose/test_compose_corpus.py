"""Every word of every template of the corpus is traced to its characters and its fact, and no text changes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import pytest
from composing import SCHEMA, facts_of
from corpus import CASES, FACTS, Case
from jinja2 import DictLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from notegen.compose import compose, parse
from notegen.compose.filters import note_filters
from notegen.compose.front import body_of
from notegen.compose.tidy import tidy
from notegen.model.facts import Facts, Value
from notegen.model.note import Note, Trust
from notegen.model.source import Source
from notegen.model.template import Template

QUILLON = facts_of(FACTS, key="quillon")


@dataclass
class Score:
    """How many words were traced right, and which were not."""

    literal: int = 0
    value: int = 0
    exact: int = 0
    wrong: list[str] = field(default_factory=list)

    def word(self, good: bool, kind: str, said: str) -> None:
        """Count a word."""
        self.literal += kind == "literal"
        self.value += kind == "value"
        if not good:
            self.wrong.append(said)

    @property
    def figures(self) -> str:
        """The score in a line."""
        lost = "\n".join(self.wrong)
        return (
            f"{self.literal} literal and {self.value} value words, {self.exact} exact, {len(self.wrong)} wrong\n{lost}"
        )


def template_of(case: Case) -> Template:
    """Return a case's template, which must be read without a word."""
    library = {name: Source(name, text) for name, text in case.library.items()}
    read = parse(Source("main.j2", case.template), library)
    assert read.value is not None and not read.diagnostics, (case.name, read.diagnostics)
    return read.value


def note_of(case: Case) -> Note:
    """Compose a case."""
    made = compose(QUILLON, template_of(case), SCHEMA)
    assert made.value is not None, (case.name, [(d.code, d.message, str(d.span)) for d in made.diagnostics])
    return made.value


def judge(case: Case, note: Note, score: Score) -> None:
    """Look at every word of a note."""
    texts = [case.template, *case.library.values()]
    for word in re.finditer(r"\w+", note.text):
        value = case.values.get(word[0])
        start, end = word.span()
        if value is None:
            good = all(literal_is_right(note, at, start, word[0], texts) for at in range(start, end))
        elif word[0] == "alderKestrelbirchcedar":
            good = glued_is_right(note, start, case.template)
        else:
            good = all(value_is_right(note, at, *value) for at in range(start, end))
        piece = note.piece_at(start)
        score.word(good, "literal" if value is None else "value", f"{case.name}: {word[0]!r} is {piece}")
        score.exact += bool(piece and piece.trust is Trust.EXACT)


def literal_is_right(note: Note, at: int, start: int, word: str, texts: list[str]) -> bool:
    """Return whether a character of a literal word came from just the character that text search finds."""
    places = [(text, m.start()) for text in texts for m in re.finditer(rf"(?<![^\W\d_]){re.escape(word)}", text, re.I)]
    piece = note.piece_at(at)
    if piece is None or piece.reads:
        return False
    offset = piece.origin.start + at - piece.start
    truths = [(text, place + at - start) for text, place in places]
    return len(truths) == 1 and (piece.origin.source.text, offset) == truths[0]


def glued_is_right(note: Note, start: int, template: str) -> bool:
    """Look at the one word that whitespace control makes of four."""
    good = True
    for word in ("alder", "birch", "cedar"):
        at = note.text.index(word)
        piece = note.piece_at(at)
        good &= piece is not None and piece.origin.start + at - piece.start == template.index(word)
    return good and value_is_right(note, start + 5, "sale.item", "sale.item")


def value_is_right(note: Note, at: int, expression: str, path: str) -> bool:
    """Return whether a character of a value came from the expression and the fact."""
    piece = note.piece_at(at)
    if piece is None:
        return False
    wanted = expression.removesuffix(" }}")
    there = piece.origin.source.text
    start = there.find(expression)
    while start >= 0 and start != piece.origin.start:
        start = there.find(expression, start + 1)
    return start >= 0 and piece.origin.text == wanted and " ".join(piece.reads) == path


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_word_is_traced(case: Case) -> None:
    """Each literal word has its characters' exact place, each value word its expression and its fact."""
    score = Score()
    note = note_of(case)
    judge(case, note, score)
    assert score.wrong == [], f"{score.figures}\n{note.text!r}"


def test_the_whole_corpus() -> None:
    """The figures of the whole: enough templates and words, every one right, nearly every one exactly so."""
    score = Score()
    for case in CASES:
        judge(case, note_of(case), score)
    assert score.wrong == [], score.figures
    assert len(CASES) >= 80, score.figures
    assert (score.literal, score.value) >= (170, 150), score.figures
    assert score.exact >= 0.8 * (score.literal + score.value), score.figures


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_pieces_cover_the_note(case: Case) -> None:
    """The pieces follow each other without a gap, and a literal piece has just its own characters for origin."""
    note = note_of(case)
    assert note.pieces[0].start == 0
    assert note.pieces[-1].end == len(note.text)
    for first, then in zip(note.pieces, note.pieces[1:], strict=False):
        assert first.end == then.start
    assert all(piece.start < piece.end for piece in note.pieces)


def plain(value: Value) -> object:
    """Return facts as plain Python, without blanks (the corpus has none)."""
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    return [plain(one) for one in value] if isinstance(value, tuple) else value


def stock_render(case: Case, facts: Facts) -> str:
    """Render with Jinja's own sandbox and its own undefined, knowing nothing of notegen but the filters."""
    bodies = {name: text[body_of(Source(name, text)) :] for name, text in case.library.items()}
    environment = SandboxedEnvironment(
        undefined=StrictUndefined,
        loader=DictLoader({"main.j2": case.template, **bodies}),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(note_filters("en_US", "USD"))
    data = plain(facts.tree)
    assert isinstance(data, dict)
    for name in ("greeting", "title", "tier"):
        data["customer"].setdefault(name, "")
    case_data = data if "default" not in case.template else {**data, "customer": {**data["customer"]}}
    if "default" in case.template:
        del case_data["customer"]["title"]
    return environment.get_template("main.j2").render(key=facts.key, **case_data)


@pytest.mark.parametrize("case", [case for case in CASES if case.expected is None], ids=lambda case: case.name)
def test_the_text_is_that_of_stock_jinja(case: Case) -> None:
    """Ropes change nothing: a stock Jinja gives the same text, but for the whitespace that notes tidy."""
    assert note_of(case).text == tidy(stock_render(case, QUILLON))


@pytest.mark.parametrize("case", [case for case in CASES if case.expected is not None], ids=lambda case: case.name)
def test_the_text_is_as_documented(case: Case) -> None:
    """Where notes differ from stock Jinja (line ends after tags, dates), they give what the manual says."""
    assert note_of(case).text == case.expected
