"""Whether a note serves the relationship: one purpose, the right moment, and more of the reader than of the writer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from notegen.lint.asks import Standing, standing, words_asked_for
from notegen.lint.place import fact_span, locate, reads_of
from notegen.lint.purpose import FESTIVE, THANKING, purpose_of, said, sentence_at
from notegen.lint.reading import Found, Medium, Reading
from notegen.lint.rules.specifics import opening, weight
from notegen.model.diagnostic import Related, Severity
from notegen.model.facts import Facts
from notegen.model.note import Role

LEAST_SELF: Final = 6
"""Words for the writer below which a note is too short to be self-centred."""
MARGIN: Final = 2.0
"""How many words for the writer a note may have for each word that is about the reader."""

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SELF: Final = frozenset("i me my mine myself we us our ours ourselves".split())
_TOKEN: Final = re.compile(r"\w+")
_READER: Final = frozenset("you your yours yourself yourselves".split())
_NOUNS: Final = {
    "thanks": "thanks",
    "referral-thanks": "thanks",
    "apology": "an apology",
    "anniversary": "an anniversary",
    "birthday": "a birthday",
}


def ask_in_thanks(reading: Reading) -> Iterator[Found]:
    """An offer stands in a note that thanks.

    Finds, in a note whose purpose is thanks, an offer or a hint of more business in words that sales-ask does not list:
    "we would be happy to look at your kitchen next", "we have new e-bikes in", "keep us in mind". The purpose is what
    the template declares under `purpose`, or what its occasion and its words say.

    The reader looks for the reason of a note, and finds the last one given. Thanks that lead up to an offer are a
    preamble, and the next thank-you from this address is read for its offer first.

    Bad:  Thank you for the tea, Ana. We would be happy to look at your kitchen next.
    Good: Thank you for the tea, Ana. The hinge on the blue door is eased and will not squeak.
    Mend: Leave the offer out. What this customer would really want to know is worth a note of its own.
    """
    if purpose_of(reading) in THANKING:
        for start, end in _unreported(reading, "offer", "pitch"):
            message = '"{text}" makes an offer in a note that thanks'
            yield Found(start, end, message, "let the thanks stand alone; leave the offer out", Severity.ERROR)


def early_referral(reading: Reading) -> Iterator[Found]:
    """Somebody is asked for a good word before they have said that they are happy.

    Finds a request for a referral or a review in a note to a customer whose facts do not have `feedback.satisfied:
    true`. In a thank-you every such request is a sales-ask instead. A note that asks has a template that declares
    `purpose: check-in`, `offer` or `other`; once the customer is recorded as happy, it may ask.

    Who is asked too early hears that the sale was about the next sale. Who has just told you that it runs like a
    watch is glad to be asked, and who has a complaint will tell it to the friend instead of to you.

    Bad:  Do you know anybody else who wants a roof like it? (and nobody has asked whether theirs is tight)
    Good: How did the roof do in the storm?
    Mend: Ask how it is going first, and write the answer down as `feedback: {satisfied: true, date: ..., words: ...}`.
    """
    facts = reading.context.facts
    if facts is None or standing(reading) is not Standing.EARLY:
        return
    span = fact_span(facts, "feedback.satisfied") if facts.has("feedback.satisfied") else None
    related = (Related(span, "they have not said that they are satisfied"),) if span is not None else ()
    for start, end in words_asked_for(reading):
        yield Found(
            start,
            end,
            '"{text}" asks for a good word before they have said that they are happy',
            "ask how it is going first, and record the answer under feedback.satisfied",
            Severity.ERROR,
            related,
        )


def anniversary_pitch(reading: Reading) -> Iterator[Found]:
    """A sales pitch hides in an anniversary or birthday note.

    Finds, in a note for such a day, talk of upgrades, newer models, trade-ins, equity, what theirs is worth, "time for
    something newer", and offers of more business.

    A call "three years to the day" that asks whether it is time for a new one tells the customer what the date means to
    you: the end of a contract. The day was theirs, and now it is in a sales diary.

    Bad:  It is three years to the day since you drove off, and the new model has heated seats.
    Good: It is three years to the day since you drove off with Rex at the wheel.
    Mend: Recall the day and say thanks. Write of what is due in another month, and not to those who said no.
    """
    if purpose_of(reading) in FESTIVE:
        for start, end in _unreported(reading, "pitch", "offer"):
            message = '"{text}" is a sales pitch on a day that is theirs'
            yield Found(start, end, message, "recall the day and leave the sale out", Severity.ERROR)


def sale_during_complaint(reading: Reading) -> Iterator[Found]:
    """A note goes out while a complaint of theirs is open.

    Finds any note but an apology to a customer whose facts say `problem.open: true`.

    Cheerful thanks that arrive while the wheel is still crooked show that one hand does not know what the other did
    wrong. Until it is put right there is one thing to write about, and mostly it is better said in person.

    Bad:  Thank you for choosing the tandem! (its frame is cracked, and he has telephoned twice)
    Good: I am sorry that the frame is not here yet. It comes on Thursday, and I bring it to you.
    Mend: Put the problem right and set `problem.open: false`, or send an apology instead.
    """
    facts = reading.context.facts
    if facts is None or facts.get("problem.open") is not True or purpose_of(reading) == "apology":
        return
    span = fact_span(facts, "problem.open")
    start, end = opening(reading, list(reading.parts(Role.BODY)))
    yield Found(
        start,
        end,
        "this note goes out while their complaint is open",
        "put it right first, or send an apology; then set problem.open: false",
        Severity.ERROR,
        (Related(span, "the problem is still open"),) if span is not None else (),
        at=locate(reading.note, start, end),
    )


def self_centred(reading: Reading) -> Iterator[Found]:
    """The note says more about its writer than about its reader.

    Finds notes with at least six words such as I, we and our that outnumber the words about the reader more than two to
    one. You and your count for the reader, as do names of people and things that are not in the signature, and each
    sentence that the customer's own facts printed.

    People read a letter for themselves. A page of "we are proud" is a brochure, whoever signed it.

    Bad:  We are proud of our shop. We built it with our hands, and we hope our work shows what we can do for our town.
    Good: You built half of that shelf yourself, and we only cut the boards.
    Mend: Turn each sentence round until the reader is its subject, and drop those that will not turn.
    """
    if sum(map(_SELF.__contains__, _TOKEN.findall(reading.note.text.lower()))) < LEAST_SELF:
        return
    ours, theirs = _balance(reading)
    if ours >= LEAST_SELF and ours > MARGIN * theirs:
        start, end = opening(reading, list(reading.parts(Role.BODY)))
        yield Found(
            start,
            end,
            f"this note has {ours} words for its writer (I, we, our) and {theirs} for its reader",
            "make the reader the subject of its sentences",
            Severity.WARNING,
            at=locate(reading.note, start, end),
        )


def two_purposes(reading: Reading) -> Iterator[Found]:
    """The note wants two things at once.

    Finds a second purpose that no other rule reports: an offer or a request in an apology (an error), a service
    reminder in thanks, in an apology or on a birthday, a survey that is announced in any of them. Thanks in an apology
    are fine, and so is an apology in thanks.

    One note does one thing. Of two purposes the reader believes the one that profits the writer, and an apology that
    goes on to a reminder was a way to get the envelope opened.

    Bad:  Happy birthday on the fourth, Ana. Your annual service is due.
    Good: Happy birthday on the fourth, Ana. The river path is swept as far as the mill.
    Mend: Keep the purpose that the note was begun for, and give the other a note of its own.
    """
    purpose = purpose_of(reading)
    if purpose not in {"thanks", "referral-thanks", "apology", *FESTIVE}:
        return
    seconds = ("reminder", "survey") if purpose != "apology" else ("offer", "pitch", "referral", "reminder", "survey")
    for start, end in _unreported(reading, *seconds):
        sells = purpose == "apology" and _is_said(reading, start, end, "offer", "pitch", "referral")
        yield Found(
            start,
            end,
            f'"{{text}}" is a second purpose in a note that is for {_NOUNS[purpose or ""]}',
            "keep one purpose, and give the other a note of its own",
            Severity.ERROR if sells else Severity.WARNING,
            tuple(_first_purpose(reading, purpose or "")),
        )


def _first_purpose(reading: Reading, purpose: str) -> Iterator[Related]:
    """Yield where the template declares what the note is for."""
    template = reading.context.template
    places = template.places if template is not None else {}
    key = next((key for key in ("purpose", "occasion") if key in places), None)
    if key is not None:
        yield Related(places[key], "this is what the note is for")
        return
    move = "thanks" if purpose in THANKING else purpose
    first = next(iter(said(reading, move)), None)
    span = locate(reading.note, *first) if first is not None else None
    if span is not None:
        yield Related(span, "this is what the note is for")


def _unreported(reading: Reading, *moves: str) -> Iterator[tuple[int, int]]:
    """Yield where a note makes a move, once in a sentence, unless sales-ask reports that sentence."""
    text = reading.note.text
    taken = {sentence_at(text, match.start)[0] for match in reading.matches_of("sales-ask")}
    for start, end in sorted(span for move in moves for span in said(reading, move)):
        sentence, _ = sentence_at(text, start)
        if sentence not in taken:
            taken.add(sentence)
            yield start, end


def _is_said(reading: Reading, start: int, end: int, *moves: str) -> bool:
    return any((start, end) in said(reading, move) for move in moves)


def _balance(reading: Reading) -> tuple[int, int]:
    """Return how many words of a note are for its writer, and how many things in it are about its reader."""
    ours = theirs = 0
    for role in (Role.BODY, Role.POSTSCRIPT):
        for block in reading.parts(role):
            for match in _WORD.finditer(reading.note.text, block.start, block.end):
                word = re.split("['’]", match[0])[0].casefold()
                if word in _SELF:
                    ours += not _is_remembered(reading, match.start())
                else:
                    theirs += word in _READER or _is_name(reading, match)
    return ours, theirs + _remembered_sentences(reading)


def _is_name(reading: Reading, match: re.Match[str]) -> bool:
    """Return whether a word inside a sentence has a capital, as names have."""
    before = reading.note.text[max(0, match.start() - 2) : match.start()]
    return match[0][0].isupper() and before[-1:] == " " and before[:1] not in ".!?"


def _is_remembered(reading: Reading, offset: int) -> bool:
    piece = reading.note.piece_at(offset)
    return piece is not None and _is_about_them(reading, piece.reads)


def _remembered_sentences(reading: Reading) -> int:
    """Return how many of the customer's own facts a note prints."""
    pieces = tuple(piece for piece in reading.note.pieces if piece.reads)
    return sum(_is_about_them(reading, (path,)) for path in reads_of(pieces))


def _is_about_them(reading: Reading, paths: tuple[str, ...]) -> bool:
    schema, facts = reading.context.schema, reading.context.facts
    known: Facts | None = facts if reading.medium is Medium.NOTE else None
    return schema is not None and known is not None and any(weight(schema, path) > 0 for path in paths)
