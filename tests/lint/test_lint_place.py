"""Places are exact: literal text in the template, printed text at its expression, facts at their line."""

from lintnotes import compose, facts, template

from notegen.lint.place import fact_span, locate, narrowed, with_origin
from notegen.model.note import Note, Piece
from notegen.model.source import Source, Span


def at(note: Note, words: str) -> str:
    """Return the template's text behind words of a note."""
    start = note.text.index(words)
    span = locate(note, start, start + len(words))
    assert span is not None
    return span.text


def test_literal_text_is_exact_and_printed_text_is_its_expression() -> None:
    made = template("Dear {{ customer.first_name }},\n\nThank you for the {{ sale.item }} day.")
    note = compose(made, facts("{customer: {first_name: Ana}, sale: {item: Escape}}"))
    assert at(note, "Thank you") == "Thank you"
    assert at(note, "Escape") == "{{ sale.item }}"
    assert at(note, "scap") == "{{ sale.item }}"
    assert at(note, "the Escape day") == "the {{ sale.item }} day"


def test_tidied_white_space_does_not_move_a_place() -> None:
    source = Source("t.j2", "  Thank \n  you   for the rain  ")
    note = Note("ana", "t", "Thank you for the rain", (Piece(0, 22, Span(source, 0, len(source.text))),))
    assert at(note, "you for") == "you   for"
    assert at(note, "rain") == "rain"


def test_text_that_is_not_its_origin_is_placed_at_all_of_it() -> None:
    source = Source("t.j2", "{{ 'recent' if x else 'last' }}")
    note = Note("ana", "t", "last", (Piece(0, 4, Span(source, 3, 28)),))
    assert at(note, "last") == source.text


def test_a_loop_that_prints_backwards_is_placed_at_its_beginning() -> None:
    source = Source("t.j2", "one two")
    pieces = (Piece(0, 3, Span(source, 4, 7)), Piece(3, 6, Span(source, 0, 3)))
    assert at(Note("ana", "t", "twoone", pieces), "twoone") == "two"


def test_two_files_are_placed_in_the_first() -> None:
    one, two = Source("a.j2", "valued "), Source("b.j2", "customer")
    note = Note("ana", "t", "valued customer", (Piece(0, 7, Span(one, 0, 7)), Piece(7, 15, Span(two, 0, 8))))
    span = locate(note, 0, 15)
    assert span is not None and (span.source.name, span.text) == ("a.j2", "valued ")


def test_a_fact_has_its_own_place_or_that_of_what_holds_it() -> None:
    known = facts("sale:\n  item: Escape\n")
    item = fact_span(known, "sale.item")
    assert item is not None and (item.line, item.text) == (2, "Escape")
    assert fact_span(known, "sale.colour.shade") == fact_span(known, "sale")
    assert fact_span(known, "shop.name") is None
    assert fact_span(None, "sale.item") is None


def test_narrowing_needs_one_place() -> None:
    span = Span(Source("f.yaml", "'see example.com, ha ha'"), 0, 24)
    assert narrowed(span, "example.com").text == "example.com"
    assert narrowed(span, "ha") == span
    assert narrowed(span, "www") == span


def test_a_note_without_pieces_is_its_own_origin() -> None:
    note = with_origin(Note("ana", "t", "valued customer"))
    assert at(note, "valued") == "valued"
    assert locate(with_origin(Note("ana", "t", "")), 0, 0) is None
