"""What DIMENSION.md wants reached, measured: ``python -m benchmarks.dimensioning`` prints a row for each figure.

``years``: one choice on 1,000 years. ``three``: a whole run with three programmes. ``cluster``: two local Dask workers
beside two local processes. The truth of the answers by enumeration is a test
(tests/scheduler/dimensioning/test_truth.py).
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from datetime import date, timedelta
from datetime import time as clock_time
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory

from distributed import Client

from models.ids import RoundStatus
from models.problem import Forecast, Module, Programme, Round, Session, TermProblem
from scheduler.dimensioning.findings import Goals
from scheduler.dimensioning.forecast import cells_of
from scheduler.dimensioning.options import Options, Step, Surroundings
from scheduler.dimensioning.run import dimension
from scheduler.dimensioning.side_by_side import Question, SideBySide
from scheduler.dimensioning.task import Task
from scheduler.solvers.clock import Clock
from terminsplan.executors import workers
from terminsplan.reading import read_input

HOUSE = Path(__file__).parents[1]
GOALS = Goals(Fraction(95, 100), Fraction(95, 100))
EXPERIENCED = 0.3
CENTRAL_SEATS, SCHOOL_SEATS = 24, 28
CENTRAL = (
    "2024-09-03 2024-10-01 2024-11-05 2024-12-03 2025-01-21 2025-02-18 2025-03-18 2025-04-15 2025-05-13 2025-09-02 "
    "2025-10-07 2025-11-04 2025-12-02"
)
SCHOOL = (
    "2024-09-11 2024-10-09 2024-11-06 2025-01-15 2025-02-19 2025-03-12 2025-04-09 2025-05-07 2025-09-10 2025-10-08 "
    "2025-11-05"
)
"""First days of the candidates."""


def main() -> None:
    """Run what is asked for, all of it by default."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", nargs="*", default=["years", "three", "cluster"])
    for what in parser.parse_args().what:
        {"years": _years, "three": _three, "cluster": _cluster}[what]()


def one_programme() -> Task:
    """The example of 2014: 280 hires a year, one programme."""
    return _task(_example("dimensionering-2014"))


def three_programmes() -> Task:
    """The example of 2024 with central introduction and a school for those without experience beside Yrkesresan."""
    problem = _example("dimensionering-2024")
    central = Programme(
        id="CI", name="Central introduktion", cohort=False, deadline_months=4, min_gap_days=7, modules=_modules(2)
    )
    school = Programme(
        id="HS",
        name="Handläggarskola",
        deadline_months=6,
        min_gap_days=5,
        inexperienced_only=True,
        weight=2,
        modules=_modules(5),
    )
    rounds, sessions = list(problem.rounds), list(problem.sessions)
    for programme, firsts, apart, seats in ((central, CENTRAL, 14, CENTRAL_SEATS), (school, SCHOOL, 7, SCHOOL_SEATS)):
        for first in map(date.fromisoformat, firsts.split()):
            round_ = Round(
                id=f"{programme.id}-{first:%y%m}", programme=programme.id, seats=seats, status=RoundStatus.PROPOSED
            )
            rounds.append(round_)
            sessions += _sessions(round_, [first + timedelta(days=apart * n) for n in range(len(programme.modules))])
    return _task(
        problem.model_copy(
            update={
                "programmes": tuple(sorted((*problem.programmes, central, school), key=lambda p: p.id)),
                "rounds": tuple(sorted(rounds, key=lambda r: r.id)),
                "sessions": tuple(sorted(sessions, key=lambda s: s.id)),
                "forecast": tuple(part for row in problem.forecast for part in _by_experience(row)),
            }
        )
    )


def _example(name: str) -> TermProblem:
    return read_input(HOUSE / "examples" / name / "csv", None, today=date(2026, 1, 1), dimensioning=True).problem


def _task(problem: TermProblem) -> Task:
    day = problem.settings.planning_date
    assert day is not None
    return Task(problem, day, cells_of(problem.forecast), 1)


def _modules(number: int) -> tuple[Module, ...]:
    return tuple(Module(number=n, name=f"Moment {n}") for n in range(1, number + 1))


def _sessions(round_: Round, days: list[date]) -> Iterator[Session]:
    for number, day in enumerate(days, 1):
        yield Session(
            id=f"{round_.id}-{number}",
            round=round_.id,
            module=number,
            meeting=1,
            day=day,
            start=clock_time(9),
            end=clock_time(16),
            seats=round_.seats,
        )


def _by_experience(row: Forecast) -> Iterator[Forecast]:
    for experienced, share in ((False, 1 - EXPERIENCED), (True, EXPERIENCED)):
        yield row.model_copy(update={"experienced": experienced, "expected": row.expected * share})


def _years() -> None:
    for name, task in (("one programme", one_programme()), ("three programmes", three_programmes())):
        with workers(None) as (executor, number):
            started = _asked(task, executor, number, range(number * 25))
            seconds = _asked(task, executor, number, range(1000))
        print(f"1,000 years of one choice, {name}: {seconds:.1f} s on {number} processes ({started:.1f} s to start)")


def _asked(task: Task, executor: Executor, number: int, numbers: range) -> float:
    """Seconds for the scenarios, every candidate held."""
    side = SideBySide(executor, task, number, Clock.start(time.monotonic), lambda: False)
    begun = time.monotonic()
    found = side.ask(Question.PLANNED, {r.id for r in task.candidates}, numbers, lambda done, of: None)
    assert len(found) == len(numbers)
    return time.monotonic() - begun


def _three() -> None:
    begun = time.monotonic()
    with workers(None) as (executor, number):
        around = Surroundings(executor, number, Clock.start(time.monotonic, 1800), _told(begun), lambda: False)
        found = dimension(three_programmes(), Options(GOALS), around)
    print(
        f"whole run, three programmes: {time.monotonic() - begun:.0f} s on {number} processes, complete: "
        f"{found.complete}, {len(found.winner.chosen)} rounds, at least {found.bound}, sufficient: {found.sufficient}, "
        f"not proven: {found.winner.figures.unproven if found.winner.figures else 0} years"
    )


def _told(begun: float) -> Callable[[Step], None]:
    last = [""]

    def tell(step: Step) -> None:
        if step.doing != last[0]:
            last[0] = step.doing
            print(f"  {time.monotonic() - begun:7.1f} s {step.doing}", file=sys.stderr, flush=True)

    return tell


def _cluster() -> None:
    task, numbers = three_programmes(), range(300)
    with workers(None) as (executor, number):
        _asked(task, executor, number, range(50))
        here = _asked(task, executor, number, numbers)
    with _dask(number) as address, workers(address) as (executor, number):
        _asked(task, executor, number, range(50))
        there = _asked(task, executor, number, numbers)
    print(
        f"{len(numbers)} years: {here:.1f} s in {number} processes, {there:.1f} s with as many Dask workers: "
        f"{here / there:.2f}"
    )


@contextmanager
def _dask(number: int) -> Iterator[str]:
    """A scheduler and so many workers on loopback."""
    with TemporaryDirectory() as place:
        file = Path(place) / "scheduler.json"
        began = [_start("scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(file))]
        try:
            while not (file.exists() and file.read_text().endswith("}")):
                time.sleep(0.1)
            began += [
                _start("worker", "--scheduler-file", str(file), "--nthreads", "1", "--no-nanny") for _ in range(number)
            ]
            with Client(scheduler_file=str(file), set_as_default=False) as client:  # type: ignore[no-untyped-call]
                client.wait_for_workers(number)
                address = str(client.scheduler.address)
            yield address
        finally:
            for process in began:
                process.kill()
                process.wait()


def _start(what: str, *words: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", f"distributed.cli.dask_{what}", *words, "--no-dashboard"],
        env=os.environ | {"PYTHONPATH": str(HOUSE)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


if __name__ == "__main__":
    main()
