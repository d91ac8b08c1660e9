"""The plans as tables of plain rows: what each person was to
go through, each seat that she had, each round that was run.

Somebody who is in several terms is one person, told by her id and first day. Each requirement, seat and round stands
once, however many plans list it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import pandas as pd

from models.problem import Hire
from outputs.figures import Figures, counts, in_time
from outputs.followup.chains import FollowedPlan

Row = dict[str, object]
_PEOPLE = ("person", "organisation", "unit", "starts")


@dataclass(frozen=True)
class Records:
    """Three tables.

    ``requirements``: a row a (person, programme), with ``counts`` (in the share), ``on_time``, ``confirmed`` (on time,
    and every seat of it is known to have been used) and ``planned`` (on time, with meetings yet to be held). ``seats``:
    a row a meeting somebody had a seat at, with ``hours``, ``held``, ``known`` (there is a word on it) and ``absent``.
    ``rounds``: a row a round that was run, with ``seats``, ``used`` and ``cost``; ``takers``: a row a (round, person).
    """

    requirements: pd.DataFrame
    seats: pd.DataFrame
    rounds: pd.DataFrame
    takers: pd.DataFrame


def records(plans: Sequence[FollowedPlan]) -> Records:
    """The rows of plans in the order of their terms: of a row that several have, the latest tells how it went."""
    requirements = _latest(
        _table([row for number, plan in enumerate(plans) for row in _requirements(number, plan)], _REQUIREMENT),
        ["person", "programme"],
        ["counts", "plan"],
    )
    seats = _latest(
        _table([row for number, plan in enumerate(plans) for row in _seats(number, plan)], _SEAT),
        ["person", "programme", "module", "begins"],
        ["plan"],
    )
    rounds = _latest(
        _table([row for number, plan in enumerate(plans) for row in _rounds(number, plan)], _ROUND),
        ["round", "first_day"],
        ["used", "plan"],  # a later term may list it once more, for attendance alone
    )
    takers = _table([row for number, plan in enumerate(plans) for row in _takers(number, plan)], _TAKER)
    takers = takers.merge(rounds[["plan", "round", "first_day"]], on=["plan", "round"])
    return Records(_with_confirmed(requirements, seats), seats, rounds, takers)


_REQUIREMENT = ("plan", *_PEOPLE, "programme", "counts", "on_time")
_SEAT = ("plan", *_PEOPLE, "programme", "module", "begins", "hours", "held", "known", "absent")
_ROUND = ("plan", "round", "programme", "first_day", "seats", "used", "cost")
_TAKER = ("plan", "round", "person")


_YES_OR_NO = ("counts", "on_time", "held", "known", "absent")


def _table(rows: Sequence[Row], columns: Sequence[str]) -> pd.DataFrame:
    """Without rows too the columns of yes and no are such, so that they can be counted and turned round."""
    made = pd.DataFrame(rows, columns=list(columns))
    return made.astype({column: bool for column in columns if column in _YES_OR_NO})


def _latest(rows: pd.DataFrame, key: list[str], order: list[str]) -> pd.DataFrame:
    """One row for each key: the last in the order."""
    return rows.sort_values(order, kind="stable").drop_duplicates(key, keep="last").reset_index(drop=True)


def _with_confirmed(requirements: pd.DataFrame, seats: pd.DataFrame) -> pd.DataFrame:
    """With the columns ``confirmed`` and ``planned``."""
    open_seats = seats[~seats["absent"] & ~(seats["held"] & seats["known"])]
    unsure = set(zip(open_seats["person"], open_seats["programme"], strict=True))
    ahead = seats[~seats["held"]]
    to_come = set(zip(ahead["person"], ahead["programme"], strict=True))
    keys = list(zip(requirements["person"], requirements["programme"], requirements["on_time"], strict=True))
    return requirements.assign(
        confirmed=[good and (who, what) not in unsure for who, what, good in keys],
        planned=[good and (who, what) in to_come for who, what, good in keys],
    )


def _person(hire: Hire) -> str:
    return f"{hire.id}\n{hire.starts}"


def _of_person(hire: Hire) -> Row:
    return {"person": _person(hire), "organisation": hire.organisation, "unit": hire.unit or "", "starts": hire.starts}


def _requirements(number: int, followed: FollowedPlan) -> Iterator[Row]:
    figures, hires = Figures(followed.problem, followed.plan), followed.problem.hire_by_id
    for requirement in followed.plan.requirements:
        is_counted = counts(figures.problem, figures.plan, requirement)
        yield {
            "plan": number,
            **_of_person(hires[requirement.hire]),
            "programme": requirement.programme,
            "counts": is_counted,
            "on_time": is_counted and in_time(requirement),
        }


def _seats(number: int, followed: FollowedPlan) -> Iterator[Row]:
    """Those of the plan, and presence without a seat."""
    problem, today = followed.problem, followed.plan.planning_date
    present = {(row.hire, row.session): row.present for row in problem.attendance}
    for booking in followed.plan.bookings:
        said = present.pop((booking.hire, booking.session), None)
        meeting = _Meeting(booking.programme, booking.module, booking.start, booking.end)
        yield {"plan": number, **_of_person(problem.hire_by_id[booking.hire]), **meeting.row(today, said)}
    for (hire, session_id), said in present.items():
        if said:
            session = problem.session_by_id[session_id]
            programme = problem.round_by_id[session.round].programme
            meeting = _Meeting(programme, session.module, session.starts_at, session.ends_at)
            yield {"plan": number, **_of_person(problem.hire_by_id[hire]), **meeting.row(today, said)}


@dataclass(frozen=True)
class _Meeting:
    """One meeting of a module; local times, with or without their zone."""

    programme: str
    module: int
    begins: datetime
    ends: datetime

    def row(self, today: date, said: bool | None) -> Row:
        """The meeting of somebody of whom it is ``said`` that she was there, that she was not, or nothing (None)."""
        return {
            "programme": self.programme,
            "module": self.module,
            "begins": self.begins.replace(tzinfo=None),
            "hours": (self.ends - self.begins).total_seconds() / 3600,
            "held": self.begins.date() < today,
            "known": said is not None,
            "absent": said is False,
        }


def _rounds(number: int, followed: FollowedPlan) -> Iterator[Row]:
    """Rounds that the plan runs and that have a session left to hold or held."""
    problem = followed.problem
    days: Mapping[str, list[date]] = defaultdict(list)
    for session in problem.sessions:
        if not session.cancelled:
            days[session.round].append(session.day)
    for use in followed.plan.rounds:
        if use.runs and days[use.round]:
            round_ = problem.round_by_id[use.round]
            yield {
                "plan": number,
                "round": use.round,
                "programme": round_.programme,
                "first_day": min(days[use.round]),
                "seats": use.seats,
                "used": use.participants,
                "cost": round_.cost,
            }


def _takers(number: int, followed: FollowedPlan) -> Iterator[Row]:
    hires = followed.problem.hire_by_id
    for hire, round_ in sorted({(b.hire, b.round) for b in followed.plan.bookings}):
        yield {"plan": number, "round": round_, "person": _person(hires[hire])}
