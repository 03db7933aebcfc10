"""Telling letters apart by their words: the lexicon, the traits of words, the weights of sentences, the verdict."""

from pathlib import Path

import lintnotes
import pytest
from hypothesis import given
from hypothesis import strategies as st

from notegen.lint import Context, check_letter
from notegen.lint.particular import lexicon, sentences, traits, verdict
from notegen.lint.particular.lexicon import Theme
from notegen.lint.particular.traits import Trait
from notegen.lint.particular.verdict import Fit, judge
from notegen.model.diagnostic import Diagnostic, Severity
from notegen.model.note import Note
from notegen.model.source import Source

THEMES = Path(lexicon.__file__).parent / "themes"
JAM = (
    "Dear Ana,\n\nThank you for the peach jam, which Walt and I ate on Tuesday with the last of the loaf. The lid is"
    " still stuck behind the kettle, and nobody has asked for it back.\n\nRick"
)


def fit(body: str) -> Fit:
    text = f"Dear Ana,\n\n{body}\n\nRick"
    return judge(text, Note("", "", text).blocks).fit


def weighed(text: str) -> sentences.Sentence:
    return sentences.weigh(text, 0, len(text), frozenset())


@pytest.mark.parametrize("theme", Theme)
def test_a_theme_is_a_sorted_file_of_lower_case_words(theme: Theme) -> None:
    words = (THEMES / f"{theme.value}.txt").read_text("utf-8").split("\n")
    assert words.pop() == ""
    assert words == sorted(set(words))
    assert all(word == word.lower() and word.strip("'-") for word in words)
    assert len(words) >= 100


def test_a_word_is_in_one_theme() -> None:
    assert len(lexicon.themes()) == sum(len(path.read_text("utf-8").split()) for path in THEMES.glob("*.txt"))


def test_every_file_is_a_theme() -> None:
    assert {path.stem for path in THEMES.iterdir()} == {theme.value for theme in Theme}


@pytest.mark.parametrize(
    ("word", "theme"),
    [
        ("the", Theme.FUNCTION),
        ("treasured", Theme.PRAISE),
        ("promises", Theme.PROMISE),
        ("consultations", Theme.BUSINESS),
        ("discounts", Theme.OFFERS),
        ("stopped", Theme.PLAIN),
        ("smiles", Theme.PRAISE),
        ("kitchens", Theme.TRADES),
        ("cakes", Theme.TRADES),
        ("customer's", Theme.BUSINESS),
        ("hugs", Theme.CHEER),
        ("customer-focused", Theme.PROMISE),
    ],
)
def test_words_are_known_in_their_forms(word: str, theme: Theme) -> None:
    assert lexicon.theme(word) is theme


@pytest.mark.parametrize("word", "jam donkey hinge ladder towel peach kettle hose tomatoes lamp jam-jar".split())
def test_things_that_form_letters_do_not_name_stay_outside(word: str) -> None:
    assert lexicon.theme(word) is None
    assert traits.traits(word) == (Trait.OUTSIDE,)


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("It suits you.", 0),
        ("The hinge is eased.", 1),
        ("It was Walt.", 1),
        ("It came on Monday.", 1),
        ("It came in May.", 1),
        ("You may go.", 0),
        ("Room 12 is free.", 1),
        ("It is 40% off.", 0),
        ("She was here.", 1),
        ("You asked.", 1),
        ("You chose us.", 0),
        ("Your sister was here.", 1),
    ],
)
def test_a_sentence_holds_things_names_days_numbers_persons_and_deeds(text: str, held: int) -> None:
    assert weighed(text).holds == held


def test_names_of_greeting_and_signature_are_nothing_new() -> None:
    known = sentences.weigh("So says Walt.", 0, 13, frozenset({"walt"}))
    assert (known.holds, weighed("So says Walt.").holds) == (0, 1)


def test_a_title_does_not_end_a_sentence() -> None:
    text = "I saw Dr. Hall. She waved! At 6 p.m. it rained."
    places = [text[start:end] for start, end in sentences.split(text, 0, len(text))]
    assert places[0] == "I saw Dr. Hall."
    assert places[1] == "She waved!"


def test_every_trait_has_its_points() -> None:
    assert set(sentences.POINTS) == set(Trait)


@pytest.mark.parametrize(
    "body",
    [
        "Thank you so much. You made our day.",
        "Your trust means the world to us, and we look forward to many more years together.",
        "Flowers say what words cannot. It was an honour to play a part in your special day.",
        "It is people like you who keep us going, and your feedback makes us better every day.",
    ],
)
def test_a_letter_without_anything_of_its_readers_fits_anyone(body: str) -> None:
    assert fit(body) is Fit.ANYONE


@pytest.mark.parametrize(
    "body",
    [
        "Thank you for the peach jam.",
        "Thank you for the cake. It was very good.",
        "The green coat suits you. I hung the old one behind the till.",
        "Thank you for bringing the dog. He slept under my chair all morning.",
    ],
)
def test_short_plain_thanks_for_a_thing_pass(body: str) -> None:
    assert fit(body) is Fit.ONE


@pytest.mark.parametrize(
    "body",
    [
        "Vielen Dank für Ihr Vertrauen. Unser Team freut sich sehr auf Ihren nächsten Besuch bei uns im Haus.",
        "Nous vous remercions de votre confiance et nous espérons vous revoir très bientôt dans notre maison.",
        "Gracias por su confianza. Esperamos verle de nuevo muy pronto en nuestra casa, con toda su familia.",
        "Hartelijk dank voor uw vertrouwen in ons bedrijf. We hopen u snel weer te zien in onze winkel.",
        "",
    ],
)
def test_other_languages_are_not_judged(body: str) -> None:
    assert fit(body) is Fit.UNREAD
    found = check_letter(Source("l.txt", f"Ana,\n\n{body}\n\nRick"))
    assert {one.severity for one in found if one.code in ("N105", "N141")} <= {Severity.INFO}


def test_the_names_of_a_mail_above_the_letter_do_not_count() -> None:
    text = "From: Walt Odegaard\nSubject: jam\n\nDear Ana,\n\nWe value our wonderful customers every day.\n\nRick"
    assert judge(text, Note("", "", text).blocks).fit is Fit.ANYONE


def test_the_finding_names_the_emptiest_sentences_and_gives_the_measure() -> None:
    text = "Dear Ana,\n\nWe value you. Our team strives for excellence. Your trust inspires us.\n\nRick"
    (found,) = [one for one in check_letter(Source("l.txt", text)) if one.code == "N105"]
    assert found.is_error
    assert "of 3 sentences none holds a thing, a day, a name or a deed of its reader's" in found.message
    assert [one.span.text for one in found.related] == [
        "We value you.",
        "Our team strives for excellence.",
        "Your trust inspires us.",
    ]


def test_one_worn_phrase_is_forgiven_in_a_letter_full_of_its_reader() -> None:
    worn = "Please do not hesitate to contact us."
    (alone,) = [one for one in check_letter(Source("l.txt", f"Dear Ana,\n\n{worn}\n\nRick")) if one.code == "N113"]
    (among,) = [one for one in check_letter(Source("l.txt", JAM.replace("\n\nRick", f" {worn}\n\nRick")))]
    assert (alone.severity, among.code, among.severity) == (Severity.ERROR, "N113", Severity.WARNING)


def test_a_link_is_never_forgiven() -> None:
    found = check_letter(Source("l.txt", JAM.replace("\n\nRick", " Click here: https://example.com\n\nRick")))
    assert {one.severity for one in found if one.code == "N102"} == {Severity.ERROR}


@given(st.text(alphabet="aeIt 'hat’ Dr. Mon day\n\n-1é!?…\"", max_size=300))
def test_any_text_is_judged_the_same_twice_and_in_order(text: str) -> None:
    blocks = Note("", "", text).blocks
    once = judge(text, blocks)
    judge.cache_clear()
    assert judge(text, blocks) == once
    places = [(one.start, one.end) for one in once.sentences]
    assert places == sorted(places)
    assert all(0 <= start < end <= len(text) and text[start:end].strip() == text[start:end] for start, end in places)
    assert all(one.words >= 0 and one.holds >= 0 for one in once.sentences)


def test_thresholds_stand_in_order() -> None:
    assert verdict.SURE < verdict.GREY < verdict.FITS_ANYONE


def beside(body: str, known: str = "sale: {item: Escape}\nremember: [You whistled at the gate.]") -> list[Diagnostic]:
    made = lintnotes.facts(known)
    context = Context(facts=made, schema=lintnotes.context(lintnotes.template("Dear Ana,"), made).schema)
    found = check_letter(Source("l.txt", f"Dear Ana,\n\n{body}\n\nRick"), context)
    return [one for one in found if one.code == "N105"]


def test_a_letter_that_shows_no_fact_is_an_error_unless_it_is_surely_about_one_person() -> None:
    (plain,) = beside("Thank you for the ladder. The hinge is eased.")
    (true,) = beside(JAM.split("\n\n")[1])
    assert (plain.severity, true.severity) == (Severity.ERROR, Severity.WARNING)


def test_a_letter_that_shows_a_fact_and_would_fit_anyone_is_an_error_all_the_same() -> None:
    (found,) = beside(
        "Thank you for choosing the Escape. Our dedicated team strives for excellence in every detail. We value your"
        " trust, and we look forward to many wonderful years together as part of our family."
    )
    assert found.is_error and "would fit anyone" in found.message
    assert beside("The Escape suits you.") == []
