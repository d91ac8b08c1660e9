"""The kinds of calendars that one can subscribe to, and whose each of them is."""

from __future__ import annotations

from collections.abc import Mapping

from models.plan import Plan
from models.problem import TermProblem
from outputs.events import chain
from outputs.events.identity import MANAGER, PERSON, UNIT
from outputs.events.kinds import KIND_BY_ID, within

KINDS = (PERSON, *KIND_BY_ID)
"""As in SERVICE.md, and as the folders below ``kalendrar``."""
WITHIN = (UNIT, MANAGER)
"""Those whose owners are known within an administration alone."""


def titles(problem: TermProblem, kind: str) -> Mapping[str, str]:
    """What each calendar of the input is called, by owner."""
    if kind == PERSON:
        return {hire.id: f"Introduktion {hire.name}" for hire in problem.hires}
    return KIND_BY_ID[kind].titles(problem)


def owners(problem: TermProblem, plan: Plan | None, kind: str) -> Mapping[str, str]:
    """Who has a calendar of the kind, with what people call her; without a plan those of the input."""
    named = {owner: _name(title) for owner, title in titles(problem, kind).items()}
    if plan is None:
        return named
    return {owner: named.get(owner, owner) for owner in sorted(chain.owners(problem, plan, kind))}


def owner_of(kind: str, name: str, organisation: str) -> str:
    """The owner's id of a unit or manager of an administration; others are known by their own id."""
    return within(organisation, name) if kind in WITHIN and organisation else name


def _name(title: str) -> str:
    return title.removeprefix("Introduktion, ").removeprefix("Introduktion ")
