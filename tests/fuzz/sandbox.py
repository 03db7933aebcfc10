"""One input is run in a folder of its own, by the command itself, with limits on time, memory and places."""

from __future__ import annotations

import contextlib
import io
import os
import re
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

SECONDS: Final = 5.0
"""CPU seconds after which an input hangs; the kernel then ends the process."""
MORE_MEMORY: Final = 400 * 1024 * 1024
"""Bytes of resident memory above what the process had before an input."""
TEMPORARY: Final = "tmp"
"""The folder in the ring for what is gone when a command ends."""
PLACE: Final = b"@PLACE@"
"""What stands for the case's own folder in its files."""
OUT: Final = "out"
"""The folder of a case where files may be written."""


def _is_installed(args: Sequence[object]) -> bool:
    """Whether a library that is loaded is one that came with a package of this Python, such as pdfium's."""
    return isinstance(args[0], str) and os.path.realpath(args[0]).startswith(os.path.realpath(sys.prefix))


_ENDS = {".pdf": (b"%PDF-", b"%%EOF"), ".png": (b"\x89PNG", b"IEND\xaeB`\x82"), ".svg": (b"<", b"</svg>")}
_WRITES = ("os.rename", "os.mkdir", "os.symlink", "os.link", "os.truncate", "shutil.copyfile")
_NEVER = ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "socket.connect", "ctypes.dlopen")


@dataclass(frozen=True, slots=True)
class Case:
    """One input: files by their names in the case's folder, commands to run there, and files that a command may make.

    `makes` is a regular expression of names outside OUT that are expected.
    """

    files: dict[str, bytes]
    commands: tuple[tuple[str, ...], ...]
    makes: str = "$^"


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a case ended: "ok" with the exit statuses of its commands, or what was wrong."""

    kind: str
    detail: str = ""

    @property
    def good(self) -> bool:
        """Whether nothing was wrong."""
        return self.kind.startswith("ok")


class Watch:
    """Notes every place that Python code writes to, and every process and connection, while it is on."""

    def __init__(self, allowed: Sequence[Path]) -> None:
        self.allowed = (*(os.path.realpath(one) for one in allowed), os.devnull)
        self.on = False
        self.seen: list[str] = []
        sys.addaudithook(self._hook)

    def _hook(self, event: str, args: tuple[Any, ...]) -> None:
        if not self.on:
            return
        if (
            event == "open"
            and isinstance(args[0], (str, bytes))
            and (args[2] or 0) & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        ):
            self._place(event, args[0])
        elif event in _WRITES:
            for one in args[:2]:
                if isinstance(one, (str, bytes)):
                    self._place(event, one)
        elif event in _NEVER and not (event == "ctypes.dlopen" and _is_installed(args)):
            self.seen.append(f"{event} {args!r:.200}")

    def _place(self, event: str, name: str | bytes) -> None:
        path = os.path.realpath(os.path.join(os.getcwd(), os.fsdecode(name)))
        if not path.startswith(self.allowed):
            self.seen.append(f"{event} {path[:300]}")


def run(words: Sequence[str]) -> tuple[int, str, str]:
    """Run `notegen WORDS...` as its entry point does, and return exit status, output and error output."""
    from notegen.cli.main import main

    sys.argv = ["notegen", *words]
    buffers = [io.BytesIO(), io.BytesIO()]
    streams = [io.TextIOWrapper(one, "utf-8", write_through=True) for one in buffers]
    status: object = 0
    with contextlib.redirect_stdout(streams[0]), contextlib.redirect_stderr(streams[1]):
        try:
            main()
        except SystemExit as ended:
            status = ended.code
    said = [one.getvalue().decode("utf-8", "replace") for one in buffers]
    return int(status) if isinstance(status, int) else 0, said[0], said[1]


def judge(case: Case, ring: Path, watch: Watch) -> Verdict:
    """Lay out a case inside `ring`, run its commands, and say what was wrong."""
    folder = lay_out(case, ring)
    before = _resident()
    statuses, fault = [], None
    with _inside(folder, watch):
        for words in case.commands:
            with _timed():
                status, out, err = run(words)
            statuses.append(str(status))
            if status not in (0, 1, 2) or "Traceback (most recent" in err:
                fault = fault or Verdict("traceback", f"{' '.join(words)}\n{err[-4000:]}")
            if not (out or err) and status:
                fault = fault or Verdict("silent", f"{' '.join(words)} ended with {status} and said nothing")
    grown = _peak() - before
    if fault is None and grown > MORE_MEMORY:
        fault = Verdict("memory", f"{grown / 1024**2:.0f} MiB more")
    if fault is None and watch.seen:
        fault = Verdict("outside", "\n".join(watch.seen[:10]))
    return fault or _left_behind(case, folder, ring) or Verdict("ok " + "".join(statuses))


def lay_out(case: Case, ring: Path) -> Path:
    """Write a case's files in a folder three levels down, so that ../../x is seen; return the folder."""
    shutil.rmtree(ring, ignore_errors=True)
    folder = ring / "a" / "b" / "shop"
    (folder / OUT).mkdir(parents=True)
    (ring / TEMPORARY).mkdir()
    for name, data in case.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.replace(PLACE, str(folder).encode()))
    return folder


def _left_behind(case: Case, folder: Path, ring: Path) -> Verdict | None:
    for path in sorted(ring.rglob("*")):
        if path.is_dir():
            continue
        name = str(path.relative_to(folder)) if path.is_relative_to(folder) else f"../{path.relative_to(ring)}"
        if name.endswith(".part") or name.startswith(f"../{TEMPORARY}/"):
            return Verdict("leftover", name)
        if name in case.files:
            if path.read_bytes() != case.files[name].replace(PLACE, str(folder).encode()) and not re.fullmatch(
                case.makes, name
            ):
                return Verdict("outside", f"{name} was changed")
        elif not name.startswith(f"{OUT}/") and not re.fullmatch(case.makes, name):
            return Verdict("outside", name)
        else:
            head, tail = _ENDS.get(path.suffix, (b"", b""))
            data = path.read_bytes()
            if not data.startswith(head) or not data.rstrip().endswith(tail):
                return Verdict("half file", f"{name}: {len(data)} bytes")
    return None


@contextlib.contextmanager
def _inside(folder: Path, watch: Watch) -> Iterator[None]:
    os.chdir(folder)
    tempfile.tempdir = str(folder.parents[2] / TEMPORARY)
    watch.seen.clear()
    watch.on = True
    try:
        yield
    finally:
        watch.on = False
        os.chdir("/")


@contextlib.contextmanager
def _timed() -> Iterator[None]:
    """Let the kernel end the process after SECONDS of CPU; the traceback goes where faulthandler was told."""
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _status(field: str) -> int:
    with open("/proc/self/status", encoding="ascii") as stream:
        for line in stream:
            if line.startswith(field):
                return int(line.split()[1]) * 1024
    return 0


def _resident() -> int:
    """Forget the peak of resident memory, and return what is resident now."""
    with contextlib.suppress(OSError), open("/proc/self/clear_refs", "w", encoding="ascii") as stream:
        stream.write("5")
    return _status("VmRSS")


def _peak() -> int:
    return _status("VmHWM")


__all__ = ["MORE_MEMORY", "OUT", "SECONDS", "Case", "Verdict", "Watch", "judge", "lay_out", "run"]
