"""Random terms of two or three regions that share no rounds: each is a small random problem with ids of its own."""

from __future__ import annotations

from random import Random
from typing import Any

from models.problem import TermProblem
from scheduler.verify.needs import applies
from tests.scheduler.random_problems import Case, case

TABLES = (
    "organisations",
    "programmes",
    "rounds",
    "sessions",
    "quotas",
    "hires",
    "breaks",
    "absences",
    "bookings",
    "barred",
    "attendance",
)
LEADING = {"rounds": "id", "sessions": "id", "hires": "id", "programmes": "id", "organisations": "id"}


def several(seed: int) -> Case:
    """Regions side by side under the settings and on the planning
    date of the first, which alone may have given bookings.
    """
    parts = [_region(case(3 * seed + n), n) for n in range(Random(seed).choice((2, 2, 3)))]
    first = case(3 * seed)
    rows: dict[str, Any] = {name: tuple(row for part in parts for row in part[name]) for name in TABLES}
    for name, field in LEADING.items():
        rows[name] = tuple(sorted(rows[name], key=lambda row: getattr(row, field)))
    rows["bookings"] = parts[0]["bookings"]
    day_of = {session.id: session.day for session in rows["sessions"]}
    rows["attendance"] = tuple(row for row in rows["attendance"] if day_of[row.session] < first.planning_date)
    problem = TermProblem(settings=first.problem.settings, holidays=first.problem.holidays, **rows)
    return Case(problem, first.planning_date)


def _region(of: Case, number: int) -> dict[str, tuple[Any, ...]]:
    problem, mark = of.problem, "åäö"[number]
    everybody = tuple(o.id + mark for o in problem.organisations)

    def own(ids: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(id_ + mark for id_ in ids)

    def hire_id(id_: str) -> str:
        return f"h{100 * (number + 1) + int(id_[1:])}"

    def changed(name: str, row: Any) -> dict[str, Any]:  # noqa: ANN401
        marked = {"organisation": lambda o: o + mark, "round": lambda r: r + mark, "session": lambda s: s + mark}
        marked |= {"programme": lambda p: p + mark, "hire": hire_id, "trainers": own, "after": own}
        marked |= {"place": lambda p: p and p + mark, "organisations": lambda ids: own(ids) or everybody}
        update = {field: change(getattr(row, field)) for field, change in marked.items() if hasattr(row, field)}
        if name == "hires":
            required = tuple(p.id for p in problem.programmes if applies(p, row))
            credits = tuple(c.model_copy(update={"programme": c.programme + mark}) for c in row.credits)
            update |= {"id": hire_id(row.id), "programmes": own(required), "credits": credits}
        elif name in LEADING:
            update["id"] = row.id + mark
        return update

    return {name: tuple(row.model_copy(update=changed(name, row)) for row in getattr(problem, name)) for name in TABLES}
