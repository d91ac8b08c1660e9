"""Rule 4 ``lov``: no meeting on a day closed to her administration. Hard."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta

from models.problem import TermProblem


def closed_days(problem: TermProblem) -> Mapping[str, frozenset[date]]:
    """Every listed session's day that is closed, for each organisation: weekday, public holiday or break."""
    days = {session.day for session in problem.sessions}
    everywhere = {h.day for h in problem.holidays} | {
        day for day in days if day.isoweekday() not in problem.settings.open_weekdays
    }
    own: dict[str, set[date]] = defaultdict(set)
    for row in problem.breaks:
        span = {row.first + timedelta(days=n) for n in range((row.last - row.first).days + 1)}
        for organisation in row.organisations or tuple(o.id for o in problem.organisations):
            own[organisation] |= span
    return {o.id: frozenset(days & (everywhere | own[o.id])) for o in problem.organisations}
