"""Ctrl-C at the question whether to print."""

from __future__ import annotations

import os
import select
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from conftest import ROOT

pty = pytest.importorskip("pty")


def test_ctrl_c_at_the_question_prints_nothing_and_keeps_nothing(shop: Path) -> None:
    words = ("-m", "notegen", "batch", "facts", "-t", "thanks", "--today", "2026-03-20", "-o", "cards.pdf")
    number, terminal = pty.fork()
    if not number:
        os.chdir(shop)
        os.environ["PYTHONPATH"] = str(ROOT)
        os.execv(sys.executable, (sys.executable, *words))
    said = b""
    while b"Print " not in said or b"[y/N]" not in said:
        said += os.read(terminal, 4096)
    # Python can miss a signal that comes as it begins to wait for a line; a person presses again, too.
    with suppress(OSError):  # the other end is gone
        for _ in range(120):
            os.write(terminal, b"\x03")
            while select.select([terminal], [], [], 0.5)[0]:
                said += os.read(terminal, 4096)
    assert os.waitstatus_to_exitcode(os.waitpid(number, 0)[1]) == 130
    assert b"stopped" in said
    assert b"Traceback" not in said
    assert not (shop / "cards.pdf").exists()
    assert not (shop / "runs").exists()
