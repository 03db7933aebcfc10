"""A real Dask cluster of two worker processes: the same results, also when one is killed in the middle."""

from __future__ import annotations

import json
import logging
import os
import signal
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import toywork
from crewtests import WAIT, alive, jobs, killing, marks, started, until

pytest.importorskip("distributed")

import distributed
import psutil

from notegen.batch import alike
from notegen.batch import dask as ours
from notegen.batch.crew import AHEAD, Crew
from notegen.batch.executors import open_executor
from notegen.errors import NotegenError, UnknownName


@pytest.fixture(scope="module")
def crew() -> Iterator[Crew]:
    """One cluster for all tests of this module."""
    with open_executor("dask", jobs=2, start=toywork.mark) as crew:
        yield crew


def scheduler_of(crew: Crew) -> str:
    assert isinstance(crew.executor, ours.OnDask)
    return crew.executor.address


def test_results_are_the_same_and_each_has_its_place(crew: Crew) -> None:
    found = list(crew.run(toywork.square, range(30)))
    assert sorted(number for number, _ in found) == list(range(30))
    assert dict(found) == {number: toywork.square(number) for number in range(30)}


def test_each_worker_begins_once_and_is_another_process(crew: Crew) -> None:
    found = {result for _, result in crew.run(toywork.marked, range(20))}
    assert {times for _, times in found} == {1}
    assert os.getpid() not in {pid for pid, _ in found}


def test_tasks_are_taken_only_when_there_is_room(crew: Crew) -> None:
    tasks = iter(range(60))
    for done, _ in enumerate(crew.run(toywork.square, tasks)):
        if done == 20:
            break
    assert next(tasks) <= 21 + 2 * AHEAD


def test_ports_are_open_to_this_machine_alone(crew: Crew) -> None:
    us = psutil.Process()
    listening = [
        one.laddr.ip
        for process in (us, *us.children(recursive=True))
        for one in process.net_connections("inet")
        if one.status == psutil.CONN_LISTEN
    ]
    assert len(listening) >= 3
    assert set(listening) == {"127.0.0.1"}


def test_ctrl_c_is_kept_from_workers_and_not_from_us(crew: Crew) -> None:
    found = dict(crew.run(toywork.deaf, range(4)))
    assert set(found.values()) == {True}
    assert not toywork.deaf(0)


def test_what_a_task_raises_is_raised_here_and_says_where(crew: Crew) -> None:
    with pytest.raises(NotegenError) as mistake:
        list(crew.run(toywork.mistake, [1]))
    assert (mistake.value.message, mistake.value.hint) == ("the pen is dry", "dip it")
    assert "in mistake" in mistake.value.__notes__[0]
    with pytest.raises(UnknownName, match="amely"):
        list(crew.run(toywork.mistake, [2]))
    with pytest.raises(SystemExit):
        list(crew.run(toywork.mistake, [4]))
    with pytest.raises(ZeroDivisionError):
        list(crew.run(toywork.mistake, [5]))


def test_a_worker_that_is_killed_from_outside_is_replaced(crew: Crew, tmp_path: Path) -> None:
    assert dict(crew.run(toywork.wait_for, killing(tmp_path))) == {n: n for n in range(12)}


def test_a_worker_that_dies_in_its_task_is_replaced_and_begins_again(crew: Crew, tmp_path: Path) -> None:
    assert dict(crew.run(toywork.die_once, jobs(tmp_path, 6))) == {n: n * n for n in range(6)}
    assert [path.name for path in tmp_path.iterdir()] == ["2"]
    assert {times for _, (_, times) in crew.run(toywork.marked, range(20))} == {1}


def test_a_task_that_kills_every_worker_is_named_and_others_are_not_blamed(crew: Crew, tmp_path: Path) -> None:
    tasks = [toywork.Job(n, str(tmp_path), label=f"customers {n * 64 + 1} to {n * 64 + 64}") for n in range(8)]
    with pytest.raises(NotegenError) as caught:
        list(crew.run(toywork.poison, tasks))
    assert caught.value.message == "customers 193 to 256 ended its worker process 3 times (the Dask worker was lost)"
    assert (tmp_path / "deaths").read_text() == "xxx"


def test_a_cluster_that_is_there_is_joined_by_address_and_by_file_and_left_as_it_was(
    crew: Crew, tmp_path: Path
) -> None:
    address = scheduler_of(crew)
    file = tmp_path / "scheduler.json"
    file.write_text(json.dumps({"address": address}))
    for given in (address, str(file)):
        with open_executor("dask", scheduler=given) as joined:
            assert dict(joined.run(toywork.square, range(5))) == {n: toywork.square(n) for n in range(5)}
    assert dict(crew.run(abs, [-1])) == {0: 1}


def test_other_versions_are_named_before_any_task(crew: Crew, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = alike.about()
    monkeypatch.setattr(ours.alike, "differences", lambda _, theirs: [f"numpy {theirs['numpy']} (here 0.1)"])
    with pytest.raises(NotegenError) as caught, open_executor("dask", scheduler=scheduler_of(crew)):
        raise AssertionError("a cluster of other versions was opened")
    assert caught.value.message == f"the Dask scheduler has other versions: numpy {mine['numpy']} (here 0.1)"
    assert caught.value.hint is not None and f"Python {mine['Python']}" in caught.value.hint


def test_a_machine_without_notegen_is_named() -> None:
    with pytest.raises(NotegenError, match=r"^the Dask worker at tcp://b lacks notegen$"):
        ours.judge("the Dask worker at tcp://b", alike.about(), ModuleNotFoundError("no", name="notegen"))
    with pytest.raises(NotegenError, match=r"^the Dask worker at tcp://b could not be asked .*: odd$"):
        ours.judge("the Dask worker at tcp://b", alike.about(), ValueError("odd"))


def test_a_worker_is_not_a_scheduler(crew: Crew, monkeypatch: pytest.MonkeyPatch) -> None:
    assert isinstance(crew.executor, ours.OnDask)
    (worker, *_) = crew.executor.workers()
    with pytest.raises(NotegenError, match=f"^at {worker} is a Dask worker, not a scheduler$"):
        open_executor("dask", scheduler=worker).__enter__()


@pytest.mark.parametrize("given", ["", "nowhere", "odd://place:1", "tcp://"])
def test_what_is_no_address_is_said(given: str) -> None:
    with pytest.raises(NotegenError, match=f"^'{given}' is not the address of a Dask scheduler: "):
        open_executor("dask", scheduler=given).__enter__()


@pytest.mark.parametrize("listens", [False, True], ids=["refused", "silent"])
def test_nobody_who_answers_is_said_in_time(listens: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ours, "PATIENCE", 0.3)
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        if listens:
            other.listen()
        address = f"tcp://127.0.0.1:{other.getsockname()[1]}"
        with pytest.raises(NotegenError, match=f"^no Dask scheduler answers at {address} within 0.3 s$"):
            open_executor("dask", scheduler=address).__enter__()


@pytest.mark.parametrize("text", [None, "", "[]", "{}", '{"address": 1}'])
def test_a_scheduler_file_that_is_none_is_said(text: str | None, tmp_path: Path) -> None:
    file = tmp_path / "scheduler.json"
    if text is not None:
        file.write_text(text)
    with pytest.raises(NotegenError, match=r"is not the file of a Dask scheduler|is not the address of a Dask"):
        open_executor("dask", scheduler=str(file)).__enter__()


def test_a_scheduler_without_workers_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ours, "PATIENCE", 2)
    with distributed.LocalCluster(
        n_workers=0, host="127.0.0.1", dashboard_address=None, scheduler_kwargs={"dashboard_address": "127.0.0.1:0"}
    ) as cluster:
        address = cluster.scheduler_address
        with pytest.raises(NotegenError, match=f"^the Dask scheduler {address} has no workers$"):
            open_executor("dask", scheduler=address).__enter__()


def test_jobs_and_a_scheduler_do_not_go_together() -> None:
    with pytest.raises(NotegenError, match=r"^a number of jobs and a scheduler cannot go together$"):
        open_executor("dask", jobs=2, scheduler="tcp://127.0.0.1:1").__enter__()


def test_without_the_extra_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "notegen.batch.dask")
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(NotegenError) as caught, open_executor("dask", jobs=2):
        raise AssertionError("opened without Dask")
    assert caught.value.message == "the executor 'dask' needs what is not installed: distributed"
    assert caught.value.hint == "pip install 'notegen-cards[dask]'"


def test_what_dask_sets_in_our_process_is_put_back() -> None:
    before = dict(os.environ), logging.getLogger("distributed").level
    with open_executor("dask", jobs=1) as alone:
        assert dict(alone.run(toywork.environment, [0]))[0][0] == "1"
    assert (dict(os.environ), logging.getLogger("distributed").level) == before


def test_ctrl_c_ends_everything_and_only_the_parent_speaks(tmp_path: Path) -> None:
    with started("dask", tmp_path / "marks") as parent:
        os.killpg(parent.pid, signal.SIGINT)
        out, err = parent.communicate(timeout=WAIT)
    assert parent.returncode == -signal.SIGINT
    assert (out, err.count("Traceback"), err.count("KeyboardInterrupt")) == ("", 1, 1), err
    assert not any(alive(pid) for pid in marks(tmp_path / "marks"))


def test_workers_end_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    with started("dask", tmp_path / "marks") as parent:
        parent.kill()
        assert parent.communicate(timeout=WAIT) == ("", "")
    until("the workers' end", lambda: not any(alive(pid) for pid in marks(tmp_path / "marks")))
