"""`notegen batch --resume`: a run that was stopped or prepared goes on with the words that it began with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from notegen.batch import folder
from notegen.errors import NotegenError, UnreadableFile

if TYPE_CHECKING:
    from notegen.batch.folder import RunFolder

_ITS_OWN = ("yes", "dry_run", "as_json", "jobs", "executor", "scheduler", "overwrite")
"""Options that belong to the command that resumes, not to the run."""


def resume(said: dict[str, Any], command: click.Command) -> int:
    """Take up a run: read the words it began with, and do what they say from where it stopped."""
    from notegen.cli.batch import run

    taken_up = folder.find(_home(said["facts"]), said["resume"])
    if not taken_up.can_go_on:
        what, hint = "was stopped before it began", "start the batch again"
        if taken_up.evidence.exists():
            what, hint = "is printed already", "`notegen log` shows what it printed"
        raise NotegenError(f"the run {taken_up.name} {what}", hint=hint)
    asked = taken_up.asked()
    _check(asked, taken_up)
    words = [*asked["words"], *(["--today", asked["today"]] if asked["today"] else [])]
    with command.make_context("batch", words, parent=click.get_current_context()) as begun:
        own = {name: said[name] for name in _ITS_OWN} | {"yes": said["yes"] or begun.params["yes"], "prepare": False}
        params = {**begun.params, **own}
        if not params["facts"] or params["template"] is None:
            raise _spoiled(taken_up)
        return run(params, tuple(asked["words"]), taken_up)


def _home(facts: tuple[Path, ...]) -> Path:
    """Return the folder whose runs are meant: that of the facts if they are named, else the nearest that has runs."""
    from notegen import settings

    if facts:
        near = facts[0] if facts[0].is_dir() else facts[0].parent
        return settings.find(near) or near
    here = Path.cwd()
    for above in (here, *here.parents):
        if (above / folder.RUNS).is_dir():
            return above
    raise NotegenError("there are no runs here", hint="name the shop's folder: notegen batch SHOP --resume RUN")


def _check(asked: dict[str, Any], taken_up: RunFolder) -> None:
    name, words, place, today = taken_up.name, asked.get("words"), asked.get("folder"), asked.get("today", "")
    if asked.get("version") != 1:
        raise NotegenError(f"the run {name} was kept by another version of notegen", hint="start the batch again")
    texts = isinstance(words, list) and all(isinstance(one, str) for one in words)
    kept = isinstance(asked.get("context", {}), dict) and "today" in asked
    if not (texts and kept and isinstance(place, str) and isinstance(today, str | None)):
        raise _spoiled(taken_up)
    if Path.cwd() != Path(place):
        raise NotegenError(f"the run {name} began in {place}", hint=f"go there first: cd {place}")


def _spoiled(taken_up: RunFolder) -> NotegenError:
    path = taken_up.path / folder.ASKED
    return UnreadableFile(f"{path} is spoiled", hint="start the batch again; nothing was printed")
