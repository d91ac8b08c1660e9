"""The planning date of a job that names none: the command's own,
unless attendance is told of a session on that day or later.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from models.problem import TermProblem
from service.clock import today


def told(problem: TermProblem) -> Mapping[str, str | None]:
    """What is kept of an input to know the date: the day that its
    settings name, and that of the last session with attendance.
    """
    days = [problem.session_by_id[row.session].day for row in problem.attendance]
    named = problem.settings.planning_date
    return {
        "planning_date": named.isoformat() if named else None,
        "attended": max(days).isoformat() if days else None,
    }


def asked(kept: Mapping[str, Any]) -> date | None:
    """The date to ask for where nobody names one; None where it is the command's own, the setting's or today.

    ``planera`` takes attendance of sessions before its planning date only. A date in the settings that has been passed
    by what was held since then gives way to today, or to the day after the last session with attendance.
    """
    if not kept.get("attended"):
        return None
    attended = date.fromisoformat(kept["attended"])
    return max(today(), attended + timedelta(days=1)) if attended >= _own(kept) else None


def expected(kept: Mapping[str, Any]) -> date:
    """The date of the next job that names none."""
    return asked(kept) or _own(kept)


def continued(kept: Mapping[str, Any], planned: date, made: date) -> date:
    """The date on which a plan is gone on from by hand: that of the next job, in the plan's own time.

    A plan whose date lay before the day that it was made on was
    planned as if it were that date; what is decided on it is so too.
    """
    if planned >= made:
        return expected(kept)
    attended = date.fromisoformat(kept["attended"]) if kept.get("attended") else date.min
    return planned if attended < planned else attended + timedelta(days=1)


def _own(kept: Mapping[str, Any]) -> date:
    named = kept.get("planning_date")
    return date.fromisoformat(named) if named else today()
