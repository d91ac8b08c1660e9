"""The sessions of a plan with who is booked to each, as pages of
attendance show them: from the rows that were made when the plan was.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from service.config import Config
from service.jobs.index import index
from service.models import Plan, PlanRound
from terminsplan.store import open_plan

_KEPT = 4


@dataclass(frozen=True)
class SessionSeats:
    """A session that somebody is booked to, with the hires by id and what they are called, in order of names."""

    id: str
    day: date
    what: str
    when: str
    where: str
    round: str
    trainers: tuple[str, ...]
    people: Mapping[str, str]


def of_plan(config: Config, plan: Plan) -> Mapping[str, SessionSeats]:
    """By id, in order of time."""
    return read_once(config.plans / plan.folder, plan.id)


@lru_cache(maxsize=_KEPT)
def read_once(folder: Path, plan: int) -> Mapping[str, SessionSeats]:
    """Of a plan, whose rows and folder never change: a tenth of a second for two thousand people."""
    rounds = list(PlanRound.objects.filter(plan=plan).values_list("round", "account"))
    if not all("people" in session for _, account in rounds for session in account["sessions"]):
        rounds = [(row["round"], row["account"]) for row in _as_now(folder)["rounds"]]
    found = [seats for round_, account in rounds for seats in _seats(round_, account)]
    return MappingProxyType(
        {seats.id: seats for seats in sorted(found, key=lambda seats: (seats.day, seats.when, seats.id))}
    )


def names(plan: Plan) -> Mapping[str, str]:
    """What each hire is called, two of one name with their ids."""
    return dict(plan.people.order_by("order").values_list("hire", "name"))


def _seats(round_: str, account: Mapping[str, Any]) -> Iterator[SessionSeats]:
    called = {one["hire"]: one["name"] for one in account["participants"]}
    for session in account["sessions"]:
        if session["people"]:
            people = {hire: called.get(hire, hire) for hire in session["people"]}
            yield SessionSeats(
                session["id"],
                date.fromisoformat(session["day"]),
                session["what"],
                session["text"],
                session["where"],
                round_,
                tuple(session["held_by"]),
                dict(sorted(people.items(), key=lambda item: item[1].casefold())),
            )


def _as_now(folder: Path) -> Mapping[str, Any]:
    """Of a plan that an earlier version left: its rows told less of sessions."""
    return index(open_plan(folder))
