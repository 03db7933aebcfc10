"""Worker processes: replaced when they die, gone when we are, and quiet."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import toywork
from crewtests import WAIT, alive, jobs, killing, marks, started, until

from notegen.batch.executors import open_executor
from notegen.batch.processes import Processes
from notegen.errors import NotegenError, UnknownName


@pytest.fixture
def running(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A parent in a process group of its own, with two workers in the middle of a task."""
    with started("processes", tmp_path / "marks") as parent:
        yield parent


def test_each_worker_begins_once_and_is_another_process() -> None:
    with open_executor("processes", jobs=2, start=toywork.mark) as crew:
        found = {result for _, result in crew.run(toywork.marked, range(20))}
    assert {times for _, times in found} == {1}
    assert 1 <= len(found) <= 2
    assert os.getpid() not in {pid for pid, _ in found}


def test_a_worker_that_dies_in_its_task_is_replaced_and_the_task_done_again(tmp_path: Path) -> None:
    with open_executor("processes", jobs=2) as crew:
        assert dict(crew.run(toywork.die_once, jobs(tmp_path, 20))) == {n: n * n for n in range(20)}
    assert len(list(tmp_path.iterdir())) == 4


def test_a_worker_that_is_killed_from_outside_is_replaced(tmp_path: Path) -> None:
    with open_executor("processes", jobs=2) as crew:
        assert dict(crew.run(toywork.wait_for, killing(tmp_path))) == {n: n for n in range(12)}


def test_a_task_that_kills_every_worker_is_named_and_others_are_not_blamed(tmp_path: Path) -> None:
    tasks = [toywork.Job(n, str(tmp_path), label=f"customers {n * 64 + 1} to {n * 64 + 64}") for n in range(8)]
    with pytest.raises(NotegenError) as caught, open_executor("processes", jobs=2) as crew:
        list(crew.run(toywork.poison, tasks))
    assert caught.value.message == "customers 193 to 256 ended its worker process 3 times (killed by signal 9)"
    assert (tmp_path / "deaths").read_text() == "xxx"


def test_a_task_without_a_name_is_called_by_its_place() -> None:
    with pytest.raises(NotegenError, match=r"^task 1 ended .* \(exit status 7\)"):
        with open_executor("processes", jobs=2) as crew:
            list(crew.run(toywork.leave, [0]))


def test_what_a_task_raises_is_raised_here_and_says_where() -> None:
    with open_executor("processes", jobs=2) as crew:
        with pytest.raises(NotegenError) as mistake:
            list(crew.run(toywork.mistake, [1]))
        assert (mistake.value.message, mistake.value.hint) == ("the pen is dry", "dip it")
        assert "toywork.py" in mistake.value.__notes__[0] and "in mistake" in mistake.value.__notes__[0]
        with pytest.raises(UnknownName, match="amely"):
            list(crew.run(toywork.mistake, [2]))
        with pytest.raises(RuntimeError, match="Awkward: one and two"):
            list(crew.run(toywork.mistake, [3]))
        with pytest.raises(SystemExit):
            list(crew.run(toywork.mistake, [4]))
        with pytest.raises(ZeroDivisionError):
            list(crew.run(toywork.mistake, [5]))
        with pytest.raises(Exception, match="pickle"):
            list(crew.run(toywork.unpicklable, [0]))
        assert dict(crew.run(toywork.square, [2])) == {0: toywork.square(2)}


def test_what_cannot_begin_is_raised_by_the_first_task() -> None:
    with pytest.raises(NotegenError, match="the pen is dry"), open_executor("processes", jobs=2, start=dry) as crew:
        list(crew.run(toywork.square, range(9)))


def dry() -> None:
    raise NotegenError("the pen is dry")


def test_what_a_task_prints_does_not_get_among_the_answers(capfd: pytest.CaptureFixture[str]) -> None:
    with open_executor("processes", jobs=2) as crew:
        assert dict(crew.run(toywork.noisy, range(3))) == {0: 0, 1: 1, 2: 2}
    assert capfd.readouterr().out == ""


def test_workers_use_one_thread_and_import_nothing_from_the_folder_they_stand_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pickle.py").write_text("raise SystemExit('a file of the shop was imported')")
    with open_executor("processes", jobs=2) as crew:
        assert dict(crew.run(toywork.environment, [0])) == {0: ("1", str(tmp_path), None)}


def test_ctrl_c_is_kept_from_workers_and_not_from_us() -> None:
    with open_executor("processes", jobs=2) as crew:
        assert dict(crew.run(toywork.deaf, [0])) == {0: True}
    assert not toywork.deaf(0)


def test_closing_in_the_middle_leaves_no_process(tmp_path: Path) -> None:
    workers = Processes(2, toywork.mark)
    for job in jobs(tmp_path, 4):
        workers.submit(toywork.slow, job)
    until("two workers", lambda: len(marks(tmp_path)) == 2)
    assert set(workers.pids()) == set(marks(tmp_path))
    workers.close()
    assert not any(alive(pid) for pid in marks(tmp_path))
    assert workers.pids() == ()


def test_ctrl_c_ends_everything_and_only_the_parent_speaks(running: subprocess.Popen[str], tmp_path: Path) -> None:
    """A terminal sends Ctrl-C to the whole group: parent and workers."""
    os.killpg(running.pid, signal.SIGINT)
    out, err = running.communicate(timeout=WAIT)
    assert running.returncode == -signal.SIGINT
    assert (out, err.count("Traceback"), err.count("KeyboardInterrupt")) == ("", 1, 1)
    assert not any(alive(pid) for pid in marks(tmp_path / "marks"))


def test_workers_end_with_a_parent_that_is_killed(running: subprocess.Popen[str], tmp_path: Path) -> None:
    running.kill()
    out, err = running.communicate(timeout=WAIT)
    until("the workers' end", lambda: not any(alive(pid) for pid in marks(tmp_path / "marks")))
    assert (out, err) == ("", "")
