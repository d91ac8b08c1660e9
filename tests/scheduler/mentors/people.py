"""Hires and mentors in a few readable words, all of administration
A, from Monday 17 August 2026 on if not told otherwise.
"""

# ruff: noqa: ANN401 - the fields of a model are told by name and checked by pydantic

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from random import Random
from time import monotonic
from typing import Any

from models.plan import MentorPair, Plan
from models.problem import Hire, Mentor, Organisation, Settings, TermProblem
from scheduler.mentors.matching import Matching, match_mentors
from scheduler.solvers.clock import Clock
from tests.scheduler.build import day, hire

FIRST, LAST = date(2026, 8, 17), date(2027, 1, 15)
GROUPS = ("barn", "vuxna")


def mentor(id_: str, organisation: str = "A", **fields: Any) -> Mentor:
    """A mentor of one hire at a time."""
    return Mentor(id=id_, name=id_.capitalize(), organisation=organisation, **fields)


def company(*people: Hire | Mentor, **settings: Any) -> TermProblem:
    """A term without any training."""
    return TermProblem(
        settings=Settings(horizon_start=FIRST, horizon_end=LAST, **settings),
        organisations=tuple(Organisation(id=id_, name=id_) for id_ in "AB"),
        programmes=(),
        rounds=(),
        sessions=(),
        hires=tuple(person for person in people if isinstance(person, Hire)),
        mentors=tuple(person for person in people if isinstance(person, Mentor)),
    )


def plan_with(matching: Matching, problem: TermProblem) -> Plan:
    """A plan of nothing but pairs."""
    return Plan(
        planning_date=FIRST,
        term="",
        horizon=(problem.settings.horizon_start, problem.settings.horizon_end),
        input_sha256="",
        seed=1,
        bookings=(),
        requirements=(),
        rounds=(),
        levels=(),
        mentors=matching.pairs,
        mentor_levels=matching.levels,
    )


def matched(problem: TermProblem, previous: Plan | None = None) -> Matching:
    """The best matching, by CP-SAT alone."""
    return match_mentors(problem, previous, seed=1, clock=Clock.start(monotonic))


def told(pairs: Iterable[MentorPair]) -> str:
    """``"anna-maj, bo: all_full"``."""
    return ", ".join(f"{p.hire}-{p.mentor}" if p.mentor else f"{p.hire}: {p.reason}" for p in pairs)


def random_company(seed: int) -> TermProblem:
    """Up to five hires and three mentors who differ in all that matters."""
    random = Random(seed)
    days = [FIRST + timedelta(days=n) for n in (-400, -200, -60, 0, 30, 90)]
    hires = [
        hire(
            f"h{number}",
            random.choice("AB"),
            starts.isoformat(),
            unit=random.choice((None, "u", "v")),
            ends=random.choice((None, None, starts + timedelta(days=random.randrange(200)))),
            target_groups=_some(random),
            weekdays=random.choice(((1, 2, 3, 4, 5), (1, 2), (5,))),
        )
        for number in range(random.randrange(1, 6))
        for starts in [random.choice(days)]
    ]
    mentors = [
        mentor(
            f"m{number}",
            random.choice("AB"),
            unit=random.choice((None, "u", "v")),
            at_most=random.randrange(3),
            target_groups=_some(random),
            weekdays=random.choice(((1, 2, 3, 4, 5), (1, 3), (4, 5))),
            first=random.choice((None, None, random.choice(days))),
            last=random.choice((None, None, random.choice(days) + timedelta(days=200))),
        )
        for number in range(random.randrange(1, 4))
    ]
    return company(*hires, *mentors, mentor_unit=random.choice(("annan", "samma", "valfri")))


def changed(seed: int, problem: TermProblem) -> TermProblem:
    """These people some time later: somebody has left, somebody is new, mentors have less or more room."""
    random = Random(seed)
    stay = [person for person in problem.hires if random.random() < 0.8]
    mentors = [m.model_copy(update={"at_most": random.randrange(3)}) for m in problem.mentors if random.random() < 0.8]
    late = hire("h9", "A", "09-21", unit="u")
    return company(*stay, late, *(mentors or problem.mentors), mentor_unit=problem.settings.mentor_unit)


def _some(random: Random) -> tuple[str, ...]:
    return tuple(group for group in GROUPS if random.random() < 0.4)


__all__ = ["changed", "company", "day", "hire", "matched", "mentor", "plan_with", "random_company", "told"]
