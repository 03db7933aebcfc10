"""Whatever is done in whatever order, the ledger says what a simple model of it says, and verifies."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from ledgers import RUN, later, made, new, note
from strategies import LEDGER_STEPS

from notegen import ledger
from notegen.errors import NotegenError
from notegen.ledger import NEXT, Ledger, Suppressed, Taken
from notegen.model.ledger import Again, FileMade, Kind, Place, RunState, State

SALT = bytes(32)


class Model:
    """A ledger of lists: cards in the order in which they were claimed, with their run and state."""

    def __init__(self) -> None:
        self.cards: list[dict[str, object]] = []
        self.runs: list[RunState] = []
        self.erased: set[str] = set()

    def holders(self, key: str) -> list[dict[str, object]]:
        """Return the cards of a customer that count."""
        return [one for one in self.cards if one["key"] == key and one["state"] is not State.WITHDRAWN]

    def of(self, run: int) -> list[dict[str, object]]:
        """Return the cards of a run that count."""
        return [one for one in self.cards if one["run"] == run and one["state"] is not State.WITHDRAWN]


def begin(book: Ledger, model: Model, keys: list[str]) -> None:
    """Claim cards; it must fail when somebody has one of them."""
    taken = [key for key in keys if model.holders(key)]
    try:
        ledger.begin(book, RUN, [note(key) for key in keys], later(len(model.cards)))
    except Taken as told:
        assert told.total == len(taken)
        return
    except Suppressed:
        assert model.erased & set(keys)
        return
    assert not taken
    assert not model.erased & set(keys)
    model.runs.append(RunState.PREPARED)
    model.cards += [{"key": key, "run": len(model.runs) - 1, "state": State.PREPARED} for key in keys]


FURTHER = {RunState.PREPARED: RunState.APPROVED, RunState.APPROVED: RunState.PRINTING}
ORDER = {
    RunState.APPROVED: (RunState.PREPARED, RunState.APPROVED),
    RunState.PRINTING: (RunState.APPROVED, RunState.PRINTING),
    RunState.PRINTED: (RunState.PRINTING, RunState.PRINTED),
}


def whole(book: Ledger, model: Model, keys: list[str]) -> None:
    """Claim cards and print them."""
    before = len(model.runs)
    begin(book, model, keys)
    for _ in ORDER:
        advance(book, model, before, None)


def advance(book: Ledger, model: Model, run: int, wanted: RunState | None) -> None:
    """Bring a run a step further (None: the next), or withdraw it; it must fail out of turn."""
    if run >= len(model.runs) or wanted is RunState.PREPARED:
        return
    wanted = wanted or FURTHER.get(model.runs[run], RunState.PRINTED)
    name, before = f"2026-11-28-{run + 1}", model.runs[run]
    cards = model.of(run)
    gone = {State.MAILED, State.RETURNED, State.ANSWERED} & {one["state"] for one in cards}
    allowed = before in ORDER[wanted] if wanted in ORDER else before is not RunState.WITHDRAWN and not gone
    try:
        match wanted:
            case RunState.APPROVED:
                ledger.approve(book, name, later(60), "")
            case RunState.PRINTING:
                ledger.pressed(book, name, [made(f"{name}.pdf", pages=99)], later(60))
            case RunState.PRINTED:
                places = [Place(note(str(one["key"])).identity, 0, 1, page) for page, one in enumerate(cards, 1)]
                ledger.printed(book, name, places, later(60))
            case _:
                ledger.withdraw(book, name, later(60), "")
    except NotegenError:
        assert not allowed
        return
    assert allowed
    model.runs[run] = wanted
    if wanted in (RunState.APPROVED, RunState.WITHDRAWN) or (wanted, before) == (RunState.PRINTED, RunState.PRINTING):
        for one in cards:
            one["state"] = State(wanted)


def mark(book: Ledger, model: Model, number: int, wanted: State) -> None:
    """Mark a card; it must fail where nothing leads from its state to that one."""
    if number >= len(model.cards):
        return
    card = model.cards[number]
    state = card["state"]
    past = wanted is State.MAILED and state in (State.RETURNED, State.ANSWERED)
    printing = model.runs[int(str(card["run"]))] is RunState.PRINTING and wanted is State.WITHDRAWN
    allowed = state is wanted or past or (wanted in NEXT[State(str(state))] and not printing)
    try:
        ledger.mark(book, [number + 1], wanted, later(90))
    except NotegenError:
        assert not allowed
        return
    assert allowed
    card["state"] = state if past else wanted


def reprint(book: Ledger, model: Model, number: int) -> None:
    """Print a card again; it must fail for one that was not printed."""
    if number >= len(model.cards):
        return
    card = model.cards[number]
    allowed = card["state"] in (State.PRINTED, State.MAILED, State.RETURNED)
    file = FileMade(Kind.REPRINT, 1, f"again-{number}.pdf", "f" * 64, 1, 1)
    try:
        ledger.reprinted(book, [Again(number + 1, 1)], file, later(90), "", "jam")
    except NotegenError:
        assert not allowed
        return
    assert allowed
    card["state"] = State.PRINTED


def erase(book: Ledger, model: Model, key: str) -> None:
    """Forget a customer; it must fail for one that is not there, or is being printed."""
    cards = [one for one in model.cards if one["key"] == key]
    printing = any(model.runs[int(str(one["run"]))] is RunState.PRINTING for one in cards)
    try:
        ledger.erase(book, [key], SALT, later(90))
    except NotegenError:
        assert printing or not cards
        return
    assert cards and not printing
    model.erased.add(key)
    for one in cards:
        one["key"] = ""
        if one["state"] in (State.PREPARED, State.APPROVED):
            one["state"] = State.WITHDRAWN


ACTIONS = {"begin": begin, "whole": whole, "advance": advance, "mark": mark, "reprint": reprint, "erase": erase}


@settings(max_examples=60)
@given(LEDGER_STEPS)
def test_any_sequence_of_steps_ends_as_the_model_does(steps: list[tuple[str, tuple[object, ...]]]) -> None:
    model = Model()
    with TemporaryDirectory() as folder, new(Path(folder)) as book:
        # The disk is not what is tried here.
        book.connection.execute("PRAGMA synchronous = OFF")
        for name, words in steps:
            ACTIONS[name](book, model, *words)  # type: ignore[operator]
        kept = [(one.note.customer, one.run, one.state) for one in ledger.entries(book)]
        assert kept == [(one["key"], f"2026-11-28-{int(str(one['run'])) + 1}", one["state"]) for one in model.cards]
        assert [run.state for run in ledger.runs(book)] == model.runs
        wrong = [one.message for one in ledger.verify(book, lambda _: "f" * 64)]
        assert [one for one in wrong if "did not end" not in one and "still holds" not in one] == []
