"""Sectioning problems made from ITC-2019 data (real universities), as terms of ours: an outside benchmark.

Who asks for which course parts becomes a hire with her own list of programmes; a course part a programme of one module;
a class a round whose meetings are all attended. The only rules that bite are ``platser`` and ``krock``: everything else
is set so that it cannot, and every requirement counts, so that level 1 is the number of requests not met. Which
instance it is makes no difference to anything here.

    python benchmarks/itc2019.py pu-d5-spr17.json.gz somewhere/pu-d5     writes the CSV folder
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TypedDict

from dateutil.relativedelta import relativedelta

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))  # also when run as a script

from benchmarks.tables import write_folder  # noqa: E402
from models.plan import Plan  # noqa: E402
from models.problem import Hire, Module, Organisation, Programme, Round, Session, Settings, TermProblem  # noqa: E402

UNITIME = {"yach-fal17": 3754, "muni-fi-spr17": 9764, "pu-d5-spr17": 27933}
"""Requests met by UniTime's own student sectioning solver in 60 s with two threads (SPEED.md)."""
UPPER_BOUND = {"yach-fal17": 3989, "muni-fi-spr17": 9879, "pu-d5-spr17": 29335}
SECONDS = 60.0

_MODULE = Module(number=1, name="Moment 1")
_SCHOOL = "skola"
_ALL_DAYS = (1, 2, 3, 4, 5, 6, 7)


class Class(TypedDict):
    """A class: its limit and its meetings, each from and to in local time."""

    id: str
    capacity: int
    sessions: Sequence[tuple[str, str]]


class CoursePart(TypedDict):
    """A course part with its classes, one of which is attended."""

    id: str
    rounds: Sequence[Class]


class Person(TypedDict):
    """Who asks for which course parts."""

    id: str
    requires: Sequence[str]


class Instance(TypedDict):
    """One file."""

    name: str
    people: Sequence[Person]
    programmes: Sequence[CoursePart]


def load(path: Path) -> Instance:
    """The instance in a ``.json.gz``."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        instance: Instance = json.load(file)
    return instance


def planning_date(problem: TermProblem) -> date:
    """Well before the first session, so that no notice window matters."""
    return problem.settings.horizon_start - timedelta(days=30)


def requests(problem: TermProblem) -> int:
    """(person, course part) pairs asked for."""
    return sum(len(hire.programmes or ()) for hire in problem.hires)


def requests_met(problem: TermProblem, plan: Plan) -> int:
    """Requests with a class, counted from the seats alone."""
    asked = {hire.id: set(hire.programmes or ()) for hire in problem.hires}
    return len({(b.hire, b.programme) for b in plan.bookings if b.programme in asked[b.hire]})


def term_of(instance: Instance) -> TermProblem:
    """The instance as a term."""
    programmes = sorted(instance["programmes"], key=lambda p: p["id"])
    classes = [(part["id"], class_) for part in programmes for class_ in part["rounds"]]
    sessions = sorted((s for _, class_ in classes for s in _sessions(class_)), key=lambda s: s.id)
    first, last = min(s.day for s in sessions), max(s.day for s in sessions)
    begins = first.replace(day=1)
    months = (last.year - begins.year) * 12 + last.month - begins.month + 1
    return TermProblem(
        settings=_settings(instance["name"], begins, months),
        organisations=(Organisation(id=_SCHOOL, name=instance["name"]),),
        programmes=tuple(_programme(part["id"], months) for part in programmes),
        rounds=tuple(sorted((_round(part, class_) for part, class_ in classes), key=lambda r: r.id)),
        sessions=tuple(sessions),
        hires=tuple(_hire(p["id"], p["requires"], begins) for p in sorted(instance["people"], key=lambda p: p["id"])),
    )


def _settings(name: str, begins: date, months: int) -> Settings:
    """The horizon ends with the deadline of everybody, so that every requirement counts and nothing is ever late."""
    return Settings(
        term=name,
        horizon_start=begins,
        horizon_end=begins.replace(day=1) + relativedelta(months=months),
        notice_days=0,
        weekly_cap=7,
        weekly_cap_with_cases=7,
        open_weekdays=_ALL_DAYS,
        holiday_country="-",
        planning_date=begins - timedelta(days=30),
    )


def _programme(id_: str, months: int) -> Programme:
    return Programme(id=id_, name=id_, ordered=False, deadline_months=months, modules=(_MODULE,))


def _round(programme: str, class_: Class) -> Round:
    return Round(id=_id(class_), programme=programme, seats=class_["capacity"])


def _id(class_: Class) -> str:
    return f"k{class_['id']}"


def _sessions(class_: Class) -> Iterator[Session]:
    for number, (start, end) in enumerate(class_["sessions"], 1):
        begins, ends = datetime.fromisoformat(start), datetime.fromisoformat(end)
        yield Session(
            id=f"{_id(class_)}-{number}",
            round=_id(class_),
            module=1,
            meeting=number,
            day=begins.date(),
            start=begins.time(),
            end=ends.time(),
            seats=class_["capacity"],
        )


def _hire(id_: str, requires: Sequence[str], begins: date) -> Hire:
    return Hire(
        id=id_,
        name=id_,
        organisation=_SCHOOL,
        starts=begins,
        weekdays=_ALL_DAYS,
        programmes=tuple(sorted(set(requires))),
    )


def known(name: str) -> Mapping[str, int | None]:
    """What is known of an instance from elsewhere."""
    return {"unitime": UNITIME.get(name), "upper_bound": UPPER_BOUND.get(name)}


def main(source: str, folder: str) -> None:
    """Write the CSV folder of one instance."""
    write_folder(term_of(load(Path(source))), Path(folder))


if __name__ == "__main__":
    main(*sys.argv[1:])
