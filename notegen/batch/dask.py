"""A Dask cluster as an executor: one that is there already, or one of our own on this machine.

The cluster's own `concurrent.futures.Executor` does the work. What is ours is before and after it: the versions on
every machine are compared before the first task, what a task raises comes back as a value, so that Dask neither
logs nor repeats it, and a lost worker is said as `WorkerDied`, for a crew to try again. Nothing is left registered
on a cluster that is not ours.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import warnings
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import CancelledError, Executor, Future
from contextlib import ExitStack, contextmanager, suppress
from multiprocessing import resource_tracker
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import Any, Final, ParamSpec, TypeVar
from uuid import uuid4

import dask
import distributed
from distributed.diagnostics.plugin import WorkerPlugin
from distributed.scheduler import KilledWorker

from notegen.batch import alike
from notegen.batch.cores import usable_cores
from notegen.batch.crew import Crew, WorkerDied
from notegen.batch.outcome import Raised, outcome
from notegen.batch.outcome import opened as unpacked
from notegen.batch.processes import ONE_THREAD, no_interrupt
from notegen.errors import NotegenError

Result = TypeVar("Result")
P = ParamSpec("P")

PATIENCE: Final = 10.0
"""Seconds to wait for a scheduler to answer, and for it to have a worker."""

LOGGERS: Final = ("distributed", "tornado", "asyncio")
"""What would speak on the terminal of a worker that died, which is said once, by us."""

LOCAL: Final[Mapping[str, Any]] = {
    # A crew counts deaths itself, and can tell a task that kills from one that waited behind it.
    "distributed.scheduler.allowed-failures": 0,
    "distributed.scheduler.http.routes": [],
    "distributed.worker.http.routes": [],
    "distributed.nanny.pre-spawn-environ": dict.fromkeys(ONE_THREAD, "1"),
    "distributed.worker.multiprocessing-method": "spawn",
    # Whoever asks a dead worker for its results waits this long; nobody here is far away.
    "distributed.comm.timeouts.connect": "10s",
}
"""Settings of a cluster of our own; docs.dask.org/en/stable/configuration.html has their meaning."""

_begun: dict[str, Raised | None] = {}
_turn = Lock()


@contextmanager
def opened(scheduler: str | None, jobs: int | None, start: Callable[[], None]) -> Iterator[Crew]:
    """Open a crew on the cluster at `scheduler`, an address or a scheduler file, or on `jobs` processes of our own.

    `start` is called once in every worker process before its first task. Raises NotegenError when nobody answers
    within 10 s, there are no workers, or a machine has other versions than this one.
    """
    if scheduler is not None and jobs is not None:
        raise NotegenError(
            "a number of jobs and a scheduler cannot go together",
            hint="the scheduler's own workers decide how much is done at once: leave --jobs out",
        )
    with ExitStack() as stack:
        stack.enter_context(_quiet())
        client = stack.enter_context(_local(jobs or usable_cores()) if scheduler is None else _joined(scheduler))
        _same_everywhere(client, scheduler or "of our own")
        token = stack.enter_context(_beginning(client, start))
        executor = OnDask(client, token)
        stack.callback(executor.drop)
        yield Crew(executor, lambda: len(executor.workers()))


class OnDask(Executor):
    """Tasks on a cluster's workers, one at a time in each process; a lost worker is WorkerDied."""

    def __init__(self, client: distributed.Client, token: str) -> None:
        self._client = client
        self._inner = client.get_executor(pure=False)
        self._token = token
        self._open: set[Future[Any]] = set()

    def submit(self, function: Callable[P, Result], /, *args: P.args, **kwargs: P.kwargs) -> Future[Result]:
        """Have the cluster do a function of one argument."""
        (task,) = args
        theirs = self._inner.submit(in_turn, self._token, function, task)
        ours: Future[Result] = Future()
        self._open.add(theirs)
        theirs.add_done_callback(lambda done: self._pass_on(done, ours))
        ours.add_done_callback(lambda done: theirs.cancel() if done.cancelled() else None)
        return ours

    def _pass_on(self, done: Future[Any], ours: Future[Any]) -> None:
        self._open.discard(done)
        if not ours.set_running_or_notify_cancel():
            return
        try:
            ours.set_result(unpacked(done.result()))
        except KilledWorker as error:
            ours.set_exception(WorkerDied("the Dask worker was lost", max(1, error.allowed_failures + 1)))
        except CancelledError:
            ours.set_exception(NotegenError("the Dask cluster has dropped a task", hint="see the scheduler's log"))
        except BaseException as error:
            ours.set_exception(error)

    @property
    def address(self) -> str:
        """The scheduler's address."""
        return str(self._client.scheduler.address)

    def workers(self) -> tuple[str, ...]:
        """Return the addresses of the workers there are now."""
        return tuple(sorted(self._client.nthreads()))

    def drop(self) -> None:
        """Take back what is still open."""
        for future in list(self._open):
            future.cancel()


def in_turn(token: str, function: Callable[[Any], Any], task: Any) -> Any:
    """Do a task in a worker, one at a time: a process draws with one book of outlines."""
    with _turn:
        begun = _begun.get(token)
        return begun if isinstance(begun, Raised) else outcome(function, task)


class Beginning(WorkerPlugin):  # type: ignore[misc]  # Dask has no types.
    """What every worker does first, those that join later too; what goes wrong is kept for the first task to say."""

    def __init__(self, token: str, start: Callable[[], None], ours: Mapping[str, str]) -> None:
        self.name = f"notegen-{token}"
        self.token = token
        self.start = start
        self.ours = ours

    def setup(self, worker: object) -> None:
        """Begin; Dask calls this in each worker's process."""
        _begun[self.token] = outcome(self._begin, worker)

    def _begin(self, worker: object) -> None:
        judge(f"the Dask worker at {getattr(worker, 'address', 'an unknown address')}", self.ours, alike.about())
        self.start()

    def teardown(self, worker: object) -> None:
        """Forget that we were here."""
        _begun.pop(self.token, None)


@contextmanager
def _beginning(client: distributed.Client, start: Callable[[], None]) -> Iterator[str]:
    token = uuid4().hex
    plugin = Beginning(token, start, alike.about())
    client.register_plugin(plugin)
    try:
        yield token
    finally:
        with suppress(Exception):
            client.unregister_worker_plugin(plugin.name)


def _same_everywhere(client: distributed.Client, where: str) -> None:
    """Raise NotegenError unless there are workers, and all of them and the scheduler are what we are."""
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError:
        raise NotegenError(
            f"the Dask scheduler {where} has no workers",
            hint=f"start some: dask worker {where} --nthreads 1",
        ) from None
    ours = alike.about()
    try:
        judge("the Dask scheduler", ours, client.run_on_scheduler(alike.about))
    except NotegenError:
        raise
    except Exception as error:
        judge("the Dask scheduler", ours, error)
    for address, theirs in sorted(client.run(alike.about, on_error="return").items()):
        judge(f"the Dask worker at {address}", ours, theirs)


def judge(who: str, ours: Mapping[str, str], theirs: object) -> None:
    """Raise NotegenError when what a machine says about itself (`alike.about`, or an error) is not what we are."""
    if isinstance(theirs, ModuleNotFoundError):
        raise NotegenError(f"{who} lacks {theirs.name or theirs}", hint=_install(ours))
    if not isinstance(theirs, Mapping):
        raise NotegenError(f"{who} could not be asked for its versions: {theirs}", hint=_install(ours))
    found = alike.differences(ours, theirs)
    if found:
        raise NotegenError(f"{who} has other versions: {', '.join(found)}", hint=_install(ours))


def _install(ours: Mapping[str, str]) -> str:
    return f"install the same there: Python {ours['Python']} and notegen-cards[dask]=={ours['notegen']}"


@contextmanager
def _joined(scheduler: str) -> Iterator[distributed.Client]:
    """Join a cluster that is there already."""
    address = _address(scheduler)
    hint = "give --scheduler as tcp://host:8786, or as a scheduler file that 'dask scheduler' wrote"
    try:
        # A client waits for ever for somebody who takes the call and says nothing; so they are asked first.
        kind = asyncio.run(asyncio.wait_for(_identity(address), PATIENCE)).get("type")
        if kind != "Scheduler":
            raise NotegenError(f"at {address} is a Dask {str(kind).lower()}, not a scheduler", hint=hint)
        with warnings.catch_warnings():
            # That versions differ is said by us, and ends the run.
            warnings.simplefilter("ignore")
            client = distributed.Client(address, timeout=PATIENCE, set_as_default=False, name="notegen")
    except ValueError as error:
        raise NotegenError(f"'{address}' is not the address of a Dask scheduler: {error}", hint=hint) from None
    except (OSError, TimeoutError, EOFError):
        raise NotegenError(f"no Dask scheduler answers at {address} within {PATIENCE:g} s", hint=hint) from None
    try:
        yield client
    finally:
        with suppress(Exception):
            client.close(timeout=2)


async def _identity(address: str) -> dict[str, Any]:
    """Ask somebody at an address who they are."""
    async with distributed.rpc(address) as other:
        answer: dict[str, Any] = await other.identity()
        return answer


def _address(scheduler: str) -> str:
    """Return the address, from a scheduler file when it is the path of one."""
    path = Path(scheduler)
    if path.suffix != ".json" and not path.is_file():
        return scheduler
    try:
        address = json.loads(path.read_text(encoding="utf-8"))["address"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NotegenError(
            f"{scheduler} is not the file of a Dask scheduler ({error})",
            hint="'dask scheduler --scheduler-file scheduler.json' writes one",
        ) from None
    return str(address)


@contextmanager
def _local(jobs: int) -> Iterator[distributed.Client]:
    """Start a cluster of our own on this machine, reachable from it alone, and end it."""
    with ExitStack() as stack:
        stack.enter_context(_environment_kept())
        stack.enter_context(dask.config.set(LOCAL))
        folder = stack.enter_context(TemporaryDirectory(prefix="notegen-dask-", ignore_cleanup_errors=True))
        # It unblocks Ctrl-C in the thread that first starts a process; the workers' thread must not be that one.
        resource_tracker.ensure_running()
        with no_interrupt(), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            cluster = distributed.LocalCluster(
                n_workers=jobs,
                threads_per_worker=1,
                processes=True,
                host="127.0.0.1",
                dashboard_address=None,
                scheduler_kwargs={"dashboard_address": "127.0.0.1:0"},
                silence_logs=logging.CRITICAL,
                memory_limit=0,
                local_directory=folder,
            )
        stack.callback(_end, cluster)
        client = distributed.Client(cluster, set_as_default=False)
        stack.callback(client.close)
        yield client


def _end(cluster: distributed.LocalCluster) -> None:
    """End the workers at once, for a task in the middle is worth nothing any more; Dask alone would wait for it."""

    async def end() -> None:
        nannies = list(cluster.workers.values())
        await asyncio.gather(*(nanny.close(timeout=0.1) for nanny in nannies), return_exceptions=True)

    with suppress(Exception):
        cluster.sync(end)
    cluster.close()


@contextmanager
def _environment_kept() -> Iterator[None]:
    """Put back what Dask sets in our own environment for its workers' sake."""
    before = dict(os.environ)
    try:
        yield
    finally:
        for name in os.environ.keys() - before.keys():
            del os.environ[name]
        os.environ.update(before)


@contextmanager
def _quiet() -> Iterator[None]:
    """Silence what Dask and its helpers log, and put their levels back."""
    loggers = [logging.getLogger(name) for name in LOGGERS]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
