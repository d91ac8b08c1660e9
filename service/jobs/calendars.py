"""The kinds of calendars that one can subscribe to, and whose each of them is."""

from __future__ import annotations

from collections.abc import Mapping

from models.plan import Plan
from models.problem import TermProblem
from outputs.events import chain

KINDS: Mapping[str, str] = {"person": "person", "forvaltning": "forvaltning", "omgang": "omgang"}
"""The folder below ``kalendrar`` by the kind of SERVICE.md."""


def owners(problem: TermProblem, plan: Plan | None, kind: str) -> Mapping[str, str]:
    """Ids that have a calendar of the kind, with what people call them; without a plan those of the input."""
    named = {
        "person": {hire.id: hire.name for hire in problem.hires},
        "forvaltning": {one.id: one.name for one in problem.organisations},
        "omgang": {one.id: f"{problem.programme_by_id[one.programme].name} {one.id}" for one in problem.rounds},
    }[kind]
    if plan is None:
        return named
    return {owner: named.get(owner, owner) for owner in sorted(chain.owners(problem, plan, KINDS[kind]))}
