"""What this customer asked never to hear again."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from notegen.lint.asks import ASKS_OF_WORDS
from notegen.lint.place import pieces_of
from notegen.lint.purpose import said, sentence_at
from notegen.lint.reading import Found, Reading
from notegen.lint.rules.specifics import opening
from notegen.lint.stems import WORD, stem
from notegen.lint.wishes import ASKING, SELLING, Wish, wishes
from notegen.model.diagnostic import Related, Severity
from notegen.model.note import Role


def unwanted_topic(reading: Reading) -> Iterator[Found]:
    """The customer asked you not to bring this up.

    Finds, in a note or a letter to somebody whose facts have `preferences.do_not`, every sentence that touches what
    they named, however it is put: for `trade-in` also "buy back your Outback", "time for something newer", "what your
    old one is worth". Known topics have a list of ways to say them; anything else is found by its own words in all
    their forms. People named in a wish are not named again. Whoever declined one thing to buy is pitched no other, and
    whoever declined one request for a good word gets no other. With `do_not_mail`, or "no cards" among the wishes, any
    note at all is found. A wish without a usable word is a warning at its line. No comment, baseline or setting
    silences this rule.

    Somebody who said "don't ask me again" and is asked again learns that nobody listened, and tells everyone. It is the
    one mistake that a card can make and silence cannot.

    Bad:  I hold on to my cars: no trade-ins, please. / Your Forester has good equity in it, if you are ready.
    Good: Two hundred and fifty thousand miles, and it still starts at the first turn.
    Mend: Leave the sentence out, or send nothing. If the customer has changed their mind, take the wish out of their
          facts: that is the only way to lift it.
    """
    facts = reading.context.facts
    if facts is None:
        return
    shared = (wish for one in reading.context.household for wish in wishes(one) if wish.for_household)
    found: set[tuple[int, int]] = set()
    for wish in chain(wishes(facts), shared):
        if not wish.is_usable:
            yield _useless(reading, wish)
        elif wish.no_mail:
            yield _no_mail(reading, wish)
        else:
            for start, end in _touched(reading, wish):
                if (start, end) not in found:
                    found.add((start, end))
                    yield _touches(reading, wish, start, end)


def _touched(reading: Reading, wish: Wish) -> Iterator[tuple[int, int]]:
    """Yield the place in each sentence that goes against a wish: the longest, which says most."""
    longest: dict[int, tuple[int, int]] = {}
    for start, end in _joined(sorted(_mentions(reading, wish))):
        sentence, _ = sentence_at(reading.note.text, start)
        first, last = longest.get(sentence, (0, 0))
        if end - start > last - first and not _is_ours(reading, start, end):
            longest[sentence] = (start, end)
    yield from longest.values()


def _joined(spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield spans in order, those that overlap as one."""
    while spans:
        start, end = spans.pop(0)
        while spans and spans[0][0] < end:
            end = max(end, spans.pop(0)[1])
        yield start, end


def _mentions(reading: Reading, wish: Wish) -> Iterator[tuple[int, int]]:
    for topic in wish.about:
        yield from topic.spans(reading.plain)
    text = reading.plain.text
    yield from _neighbours(reading, wish)
    if wish.stems or wish.names:
        for match in WORD.finditer(text):
            if stem(match[0]) in wish.stems or match[0].removesuffix("'s") in wish.names:
                yield reading.plain.original(*match.span())
    for letters in wish.letters:
        start = text.find(letters)
        if start >= 0:
            yield reading.plain.original(start, start + len(letters))


def _neighbours(reading: Reading, wish: Wish) -> Iterator[tuple[int, int]]:
    """Yield every pitch to whoever declined one, and every request for a good word likewise."""
    asks = [(match.phrase.id in ASKS_OF_WORDS, match.start, match.end) for match in reading.matches_of("sales-ask")]
    if wish.is_about(SELLING):
        yield from ((start, end) for for_word, start, end in asks if not for_word)
        yield from chain(said(reading, "offer"), said(reading, "pitch"))
    if wish.is_about(ASKING):
        yield from ((start, end) for for_word, start, end in asks if for_word)
        yield from chain(said(reading, "referral"), said(reading, "survey"))


def _is_ours(reading: Reading, start: int, end: int) -> bool:
    """Return whether these are the shop's own name under the note: a photographer signs as one."""
    signed = any(block.start <= start < block.end for block in reading.parts(Role.SIGNATURE))
    pieces = pieces_of(reading.note, start, end)
    printed = bool(pieces) and all(p.reads and all(r.startswith("shop.") for r in p.reads) for p in pieces)
    return signed and printed


def _touches(reading: Reading, wish: Wish, start: int, end: int) -> Found:
    return Found(
        start,
        end,
        f'"{{text}}" goes against what they asked: {wish.text}',
        f"leave it out{_because(wish)}; nothing but the facts can lift this",
        Severity.ERROR,
        _asked_here(wish),
    )


def _no_mail(reading: Reading, wish: Wish) -> Found:
    start, end = opening(reading, list(reading.parts(Role.BODY)))
    message = "they asked that nothing be sent to them"
    hint = f"send nothing{_because(wish)}; nothing but the facts can lift this"
    return Found(start, end, message, hint, Severity.ERROR, at=wish.span)


def _useless(reading: Reading, wish: Wish) -> Found:
    message = f"the wish '{wish.text}' has no word to look for, so no note can be held to it"
    hint = "name the topic, or list words: {topic: ..., words: [...]}"
    start, end = opening(reading, list(reading.parts(Role.BODY)))
    return Found(start, end, message, hint, Severity.WARNING, at=wish.span)


def _because(wish: Wish) -> str:
    since = f" since {wish.since}" if wish.since else ""
    return f' ("{wish.reason}"{since})' if wish.reason else f" (asked{since})" if since else ""


def _asked_here(wish: Wish) -> tuple[Related, ...]:
    return (Related(wish.span, "they asked for this here"),) if wish.span is not None else ()
