"""What Git says has changed, and which units of work that concerns."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from notegen import settings
from notegen.errors import NotegenError
from notegen.pipeline.keys import OWN_FOLDERS, Keys
from notegen.pipeline.units import Kind, Unit


def changed_files(reference: str, folder: Path) -> frozenset[Path]:
    """Return the files that differ from a commit, with those that Git does not know yet and those that are gone.

    Raises NotegenError outside of a repository, without Git, and for a commit that is not there.
    """
    top = Path(_git(folder, "rev-parse", "--show-toplevel").strip())
    commit = commit_of(reference, folder)
    if commit is None:
        raise NotegenError(f"Git knows no commit '{reference}'", hint="write --changed=REF, such as --changed=main")
    differing = _git(top, "diff", "--name-only", "-z", "--no-renames", commit, "--")
    new = _git(top, "ls-files", "--others", "--exclude-standard", "-z")
    return frozenset((top / name).resolve() for name in (differing + new).split("\0") if name)


def commit_of(reference: str, folder: Path) -> str | None:
    """Return the digest of the commit that Git knows by a name; None when there is no such."""
    if reference.startswith("-"):
        return None
    try:
        found = _git(folder, "rev-parse", "--verify", "--quiet", f"{reference}^{{commit}}").split()
    except NotegenError:
        return None
    return found[0] if len(found) == 1 else None


def concerned(units: Iterable[Unit], changed: frozenset[Path], keys: Keys) -> tuple[Unit, ...]:
    """Return the units that a change concerns: by the files they read, or by the settings that govern them."""
    return tuple(unit for unit in units if _is_concerned(unit, changed, keys))


def _is_concerned(unit: Unit, changed: frozenset[Path], keys: Keys) -> bool:
    if unit.kind in (Kind.FOUND, Kind.SETTINGS):
        return True
    if any(path.resolve() in changed for path in keys.files(unit)):
        return True
    if unit.shop.root is None:
        return False
    root = unit.shop.root.resolve()
    own = tuple(root / name for name in OWN_FOLDERS)
    return root / settings.FILE in changed or any(path.is_relative_to(one) for path in changed for one in own)


def _git(folder: Path, *words: str) -> str:
    import subprocess

    try:
        done = subprocess.run(["git", *words], cwd=folder, capture_output=True, check=False)
    except OSError as error:
        raise NotegenError(f"git cannot be run: {error.strerror}", hint="--changed asks Git; install it") from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        why = said[0].removeprefix("fatal: ") if said else "it failed"
        raise NotegenError(f"Git cannot say what changed in {folder}: {why}", hint="--changed needs a Git checkout")
    return done.stdout.decode("utf-8", "surrogateescape")
