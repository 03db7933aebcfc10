"""What lint does, cut into units of work: each is judged by itself, and its findings can be kept.

letter      a finished letter
template    a template without any customer
facts       one or several files of customers
notes       facts × template: every note written and laid out
neighbours  all notes of a shop beside each other
settings    the names in notegen.yaml that stand for something
found       nothing to do: what was found while looking for work
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final

from notegen import settings
from notegen.errors import NotegenError, UnreadableFile
from notegen.files import read_source, read_written
from notegen.model.diagnostic import Diagnostic, Severity, has_errors
from notegen.model.source import Source, Span
from notegen.pipeline.opening import facts_files, find_template, template_folders
from notegen.pipeline.passing import matches

if TYPE_CHECKING:
    from notegen.settings import Pairing, Settings

LETTERS: Final = (".txt", ".md")
FACTS: Final = (".yaml", ".yml")
TEMPLATE: Final = ".j2"
NOT_LETTERS: Final = frozenset(("readme.md", "licence.md", "license.md", "changelog.md"))
"""Files beside a shop's notes that are not letters to anybody."""


Pair = tuple[Path, tuple[Path, ...]]
"""A template and the customer files of the notes that it is for."""


class Kind(StrEnum):
    """What a unit is."""

    LETTER = "letter"
    TEMPLATE = "template"
    FACTS = "facts"
    NOTES = "notes"
    NEIGHBOURS = "neighbours"
    SETTINGS = "settings"
    FOUND = "found"


@dataclass(frozen=True, slots=True)
class Unit:
    """One piece of work: `path` is the letter or template, `facts` the customer files beside or without it.

    `given` is text that stands for the file of its name (standard input). `in_folder` tells that nobody named the file:
    when it cannot be read, that is a finding and the work goes on. `found` is what was found while looking. `pairs` are
    all the notes of the shop, whose customers may live together. `only` says which customer a letter is to.
    """

    kind: Kind
    shop: Settings
    path: Path | None = None
    facts: tuple[Path, ...] = ()
    given: Source | None = None
    in_folder: bool = False
    found: tuple[Diagnostic, ...] = ()
    pairs: tuple[Pair, ...] = ()
    only: str | None = None

    def text_of(self, path: Path) -> Source:
        """Read a file of this unit, or return the text that was given in its place. Raises UnreadableFile."""
        if self.given is not None and self.given.name == str(path):
            return self.given
        # A file of customers may be as long as a list is; what goes on one card is not.
        return read_source(path) if path.suffix in FACTS else read_written(path)


@dataclass(slots=True)
class Collector:
    """Looks for work; each notegen.yaml is read once."""

    template: str | None = None
    facts: Path | None = None
    only: str | None = None
    given: Source | None = None
    known: dict[Path, tuple[Settings, tuple[Diagnostic, ...]]] = field(default_factory=dict)
    said: set[Path | None] = field(default_factory=set)

    def collect(self, path: Path, *, in_folder: bool = False) -> Iterator[Unit]:
        """Yield the work that a path stands for."""
        given = self.given is not None and self.given.name == str(path)
        if self.facts is not None:
            yield from self._letter_to(path, self.facts, given)
        elif path.is_dir() and not given:
            yield from self._folder(path)
        elif path.name == settings.FILE:
            yield from self._settings_alone(path, given)
        elif path.suffix == TEMPLATE:
            yield from self._alone(Kind.TEMPLATE, path, in_folder)
        elif path.suffix in FACTS:
            yield from self._facts(path, in_folder)
        elif path.suffix in LETTERS or given or not path.exists():
            yield from self._alone(Kind.LETTER, path, in_folder)
        else:
            raise NotegenError(
                f"notegen does not know how to judge {path}",
                hint="it reads templates (.j2), facts (.yaml), shop folders and letters (.txt, .md)",
            )

    def _letter_to(self, path: Path, facts: Path, given: bool) -> Iterator[Unit]:
        """Yield a letter that is judged by what a file says of its reader."""
        if not given and (path.is_dir() or (path.suffix not in LETTERS and path.exists())):
            hint = "name a .txt or .md file"
            raise NotegenError(f"--facts goes with finished letters, and {path} is none", hint=hint)
        shop, sound, wrong = self._governed(facts)
        yield from wrong
        if sound:
            yield Unit(Kind.LETTER, shop, path, (facts,), self.given, only=self.only)

    def governing(self, path: Path) -> tuple[Settings, tuple[Diagnostic, ...]]:
        """Return the settings that hold for a file or folder, and what is wrong with them."""
        folder = path if path.is_dir() else path.parent
        if folder not in self.known:
            loaded = settings.load(folder)
            self.known[folder] = loaded.value or settings.defaults(folder), loaded.diagnostics
        return self.known[folder]

    def _governed(self, path: Path) -> tuple[Settings, bool, tuple[Unit, ...]]:
        """Return the settings, whether they can be worked with, and a unit with their faults, once for each."""
        shop, found = self.governing(path)
        sound = not has_errors(found)
        if sound or shop.root in self.said:
            return shop, sound, ()
        self.said.add(shop.root)
        return shop, sound, (Unit(Kind.FOUND, shop, found=found),)

    def _alone(self, kind: Kind, path: Path, in_folder: bool) -> Iterator[Unit]:
        shop, sound, wrong = self._governed(path)
        yield from wrong
        if sound and not excluded(path, shop):
            yield self._unit(kind, shop, path, in_folder=in_folder)

    def _unit(self, kind: Kind, shop: Settings, path: Path | None, *facts: Path, in_folder: bool = False) -> Unit:
        return Unit(kind, shop, path, facts, self.given, in_folder)

    def _settings_alone(self, path: Path, given: bool) -> Iterator[Unit]:
        loaded = settings.load_source(self.given, path.parent) if given and self.given else settings.load(path.parent)
        shop = loaded.value or settings.defaults(path.parent)
        yield Unit(Kind.FOUND, shop, found=loaded.diagnostics)
        if not has_errors(loaded.diagnostics):
            yield Unit(Kind.SETTINGS, shop)

    def _facts(self, path: Path, in_folder: bool) -> Iterator[Unit]:
        shop, sound, wrong = self._governed(path)
        yield from wrong
        if not sound or excluded(path, shop):
            return
        yield self._unit(Kind.FACTS, shop, None, path, in_folder=in_folder)
        if self.template is not None:
            template = find_template(self.template, shop)
            yield self._unit(Kind.TEMPLATE, shop, template)
            yield self._unit(Kind.NOTES, shop, template, path, in_folder=in_folder)

    def _folder(self, path: Path) -> Iterator[Unit]:
        """Yield a shop's work, or that of whatever there is in a folder that holds no notegen.yaml."""
        if (path / settings.FILE).is_file():
            yield from self._shop(path)
            return
        inside = sorted(one for one in path.iterdir() if one.is_dir() or one.suffix in (*FACTS, TEMPLATE, *LETTERS))
        for one in inside:
            if not one.name.startswith((".", "_")) and one.name.lower() not in NOT_LETTERS:
                yield from self.collect(one, in_folder=True)

    def _shop(self, folder: Path) -> Iterator[Unit]:
        """Yield a shop's settings, its own templates, its notes as they are paired up, its other facts, its letters."""
        try:
            loaded = settings.load(folder)
        except UnreadableFile as error:
            yield Unit(Kind.FOUND, settings.defaults(folder), found=(unreadable(folder / settings.FILE, error),))
            return
        shop = loaded.value or settings.defaults(folder)
        self.known[folder] = shop, loaded.diagnostics
        if has_errors(loaded.diagnostics):
            self.said.add(shop.root)
            yield Unit(Kind.FOUND, shop, found=loaded.diagnostics)
        else:
            yield from self._sound_shop(shop, loaded.diagnostics)
        for letter in sorted(p for p in folder.iterdir() if p.suffix in LETTERS and p.name.lower() not in NOT_LETTERS):
            if not excluded(letter, shop):
                yield self._unit(Kind.LETTER, shop, letter, in_folder=True)

    def _sound_shop(self, shop: Settings, found: tuple[Diagnostic, ...]) -> Iterator[Unit]:
        pairs = [(pairing, *_paired(shop, index, pairing)) for index, pairing in enumerate(shop.notes)]
        wrong = tuple(trouble for _, _, _, trouble in pairs if trouble is not None)
        yield Unit(Kind.FOUND, shop, found=found + wrong)
        yield Unit(Kind.SETTINGS, shop)
        own = [path for path in sorted(shop.templates.glob("*.j2")) if not path.name.startswith("_")]
        elsewhere = [path for _, path, _, wrong in pairs if not wrong and path.parent not in template_folders(shop)]
        for path in dict.fromkeys((*own, *elsewhere)):
            if not excluded(path, shop):
                yield self._unit(Kind.TEMPLATE, shop, path, in_folder=True)
        notes: list[Pair] = []
        paired: set[Path] = set()
        for pairing, template, facts, trouble in pairs:
            left = tuple(path for path in facts if not excluded(path, shop))
            if trouble is None and left and not excluded(template, shop):
                paired.add(pairing.facts.resolve())
                notes.append((template, left))
        yield from self._notes(shop, tuple(notes))
        yield from self._rest(shop, paired)

    def _notes(self, shop: Settings, notes: tuple[Pair, ...]) -> Iterator[Unit]:
        for template, facts in notes:
            yield self._unit(Kind.FACTS, shop, None, *facts, in_folder=True)
            yield replace(self._unit(Kind.NOTES, shop, template, *facts, in_folder=True), pairs=notes)
        if len(notes) > 1:
            yield Unit(Kind.NEIGHBOURS, shop, in_folder=True, pairs=notes)

    def _rest(self, shop: Settings, paired: set[Path]) -> Iterator[Unit]:
        if not shop.facts.is_dir() or shop.facts.resolve() in paired:
            return
        inside = sorted(one for one in shop.facts.iterdir() if one.suffix in FACTS and one.name != settings.FILE)
        rest = [path for path in inside if path.resolve() not in paired and not excluded(path, shop)]
        if rest:
            yield self._unit(Kind.FACTS, shop, None, *rest, in_folder=True)


def excluded(path: Path, shop: Settings) -> bool:
    """Return whether the shop's settings say that a file is not judged."""
    return any(matches(str(path), pattern, shop.root) for pattern in shop.lint.exclude)


def unreadable(path: Path, error: UnreadableFile) -> Diagnostic:
    """Return the finding for a file of a folder that is no text."""
    hint = error.hint or "save it as UTF-8, or take it out of the folder"
    return Diagnostic("F024", Severity.ERROR, error.message, Span(Source(str(path), ""), 0, 0), hint)


def _paired(shop: Settings, index: int, pairing: Pairing) -> tuple[Path, tuple[Path, ...], Diagnostic | None]:
    """Return the files of a pairing, or what is wrong with its names."""
    path = f"notes.{index}.facts"
    try:
        if not pairing.facts.exists():
            raise UnreadableFile(f"there is no file {pairing.facts}", hint="the path counts from notegen.yaml")
        facts = tuple(facts_files([pairing.facts]))
        path = f"notes.{index}.template"
        template = find_template(pairing.template, shop)
        if not template.is_file():
            raise UnreadableFile(f"there is no file {template}")
        return template, facts, None
    except NotegenError as error:
        return Path(), (), Diagnostic("F018", Severity.ERROR, error.message, shop.places.get(path), error.hint)
