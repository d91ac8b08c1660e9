"""Small terms to dimension: one programme or several, candidates a fortnight apart, few expected."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from datetime import date, time, timedelta
from fractions import Fraction
from typing import Any

from models.ids import RoundStatus
from models.problem import Forecast, Hire, Module, Organisation, Programme, Round, Session, Settings, TermProblem
from scheduler.dimensioning.findings import Goals
from scheduler.dimensioning.forecast import cells_of
from scheduler.dimensioning.options import Options, Surroundings, YearsUsed
from scheduler.dimensioning.task import Task
from scheduler.solvers.clock import Clock

PLANNED = date(2026, 12, 1)
FIRST = date(2027, 1, 4)


class Inline(Executor):
    """Does at once what it is given."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:  # noqa: ANN401
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


def around(executor: Executor | None = None, seconds: float = 1e6) -> Surroundings:
    """Surroundings in which time stands still, but for a limit of 0 seconds."""
    clock = Clock(lambda: 0.0, 0.0, seconds)
    return Surroundings(executor or Inline(), 1, clock, lambda step: None, lambda: False)


def goals(share: float = 0.9, probability: float = 0.9) -> Goals:
    return Goals(Fraction(repr(share)), Fraction(repr(probability)))


def options(
    scenarios: int = 100, share: float = 0.9, probability: float = 0.9, years: YearsUsed | None = None
) -> Options:
    return Options(goals(share, probability), scenarios, years or YearsUsed())


def term(
    *,
    seats: Sequence[int] = (3, 3, 3, 3),
    programmes: int = 1,
    cohort: bool = True,
    expected: float = 1.5,
    dispersion: float = 1.0,
    apart_days: int = 30,
    shift_days: int = 7,
    seed: int = 1,
    hires: tuple[Hire, ...] = (),
    after: bool = False,
    **fields: Any,  # noqa: ANN401
) -> Task:
    """Candidates so many days apart, those of the next programme a
    little later; starts in January to April in two administrations.
    """
    names = [f"P{number}" for number in range(programmes)]
    rounds, sessions = [], []
    for place, name in enumerate(names):
        for number, size in enumerate(seats):
            id_ = f"{name}-{number}"
            rounds.append(Round(id=id_, programme=name, seats=size, status=RoundStatus.PROPOSED))
            first = FIRST + timedelta(days=21 + apart_days * number + shift_days * place)
            sessions += [_session(id_, module, first + timedelta(days=7 * (module - 1)), size) for module in (1, 2)]
    rows = [
        Forecast(month=date(2027, month, 1), organisation=organisation, expected=expected, dispersion=dispersion)
        for month in (1, 2, 3, 4)
        for organisation in ("A", "B")
    ]
    problem = TermProblem(
        settings=Settings(horizon_start=FIRST, horizon_end=date(2027, 8, 31)),
        organisations=(Organisation(id="A", name="Alfa"), Organisation(id="B", name="Beta")),
        programmes=tuple(
            Programme(
                id=name,
                name=f"Utbildning {name}",
                deadline_months=4,
                cohort=cohort,
                after=(names[place - 1],) if after and place else (),
                modules=(Module(number=1, name=""), Module(number=2, name="")),
            )
            for place, name in enumerate(names)
        ),
        rounds=tuple(rounds),
        sessions=tuple(sorted(sessions, key=lambda s: s.id)),
        hires=hires,
        **fields,
    )
    return Task(problem, PLANNED, cells_of(rows), seed)


def _session(round_: str, module: int, day: date, seats: int) -> Session:
    while day.isoweekday() > 5:
        day += timedelta(days=1)
    return Session(
        id=f"{round_}-{module}",
        round=round_,
        module=module,
        meeting=1,
        day=day,
        start=time(9),
        end=time(16),
        seats=seats,
    )


def random_task(chance: random.Random) -> Task:
    """A term of any of these shapes."""
    return term(
        seats=[chance.randint(1, 5) for _ in range(chance.randint(2, 5))],
        programmes=chance.randint(1, 3),
        cohort=chance.random() < 0.6,
        expected=chance.choice([0.5, 1.5, 3.0]),
        dispersion=chance.choice([1.0, 2.5]),
        apart_days=chance.choice([12, 20, 30]),
        shift_days=chance.choice([0, 3, 7]),
        seed=chance.randint(1, 1000),
        after=chance.random() < 0.4,
    )
