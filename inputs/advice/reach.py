"""Hires for whom no session at all lies between their start and their deadline."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from inputs.advice.needs import Need
from inputs.draft import Draft
from inputs.findings import Findings
from models.ids import RoundStatus
from models.problem import TermProblem

# Days by programme, module and administration (None: open to all).
_Days = Mapping[tuple[str, int, str | None], Sequence[date]]


def advise(problem: TermProblem, needs: Iterable[Need], draft: Draft, findings: Findings) -> set[Need]:
    """Name every hire and programme that cannot be in time whatever the plan; give these needs."""
    days = _days(problem)
    entries = draft.hire_index().by_id
    unreachable: set[Need] = set()
    for need in needs:
        organisation = problem.hire_by_id[need.hire].organisation
        missed = [m for m in need.modules if not _reachable(days, need, m, organisation)]
        if missed:
            unreachable.add(need)
            message = (
                f"kan inte gå {need.programme} i tid: moment {', '.join(map(str, missed))} har inget tillfälle "
                f"för {organisation} från {need.first_day} till fristen {need.deadline}; lägg in ett tillfälle"
            )
            entries[need.hire].warn(findings, "nås_inte", message, value=need.hire)
    return unreachable


def _days(problem: TermProblem) -> _Days:
    found: dict[tuple[str, int, str | None], list[date]] = defaultdict(list)
    settings = problem.settings
    for session in problem.sessions:
        round_ = problem.round_by_id[session.round]
        cancelled = session.cancelled or round_.status == RoundStatus.CANCELLED
        if not cancelled and settings.horizon_start <= session.day <= settings.horizon_end:
            for organisation in round_.organisations or (None,):
                found[round_.programme, session.module, organisation].append(session.day)
    return {key: sorted(days) for key, days in found.items()}


def _reachable(days: _Days, need: Need, module: int, organisation: str) -> bool:
    for open_to in (organisation, None):
        listed = days.get((need.programme, module, open_to), ())
        place = bisect_left(listed, need.first_day)
        if place < len(listed) and listed[place] <= need.deadline:
            return True
    return False
