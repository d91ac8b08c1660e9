"""The pairs of hires and mentors, read a second time (MODEL.md,
Mentors): who may be paired with whom, and every level counted anew.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from models.ids import MentorLevel, MentorReason, MentorUnit
from models.plan import MentorLevelResult, MentorPair, Plan
from models.problem import Hire, Mentor, TermProblem
from scheduler.verify.needs import months_after
from scheduler.verify.report import Violation


class _Pair(NamedTuple):
    hire: Hire
    mentor: Mentor


def mentors(problem: TermProblem, plan: Plan, previous: Plan | None) -> Iterator[Violation]:
    """Everything wrong with the plan's pairs and their levels; where the input has no mentors there are none."""
    if not problem.mentors:
        if plan.mentors or plan.mentor_levels:
            yield _wrong(None, "Planen har mentorer, men indata har inga.")
        return
    known = {mentor.id: mentor for mentor in problem.mentors}
    former = _former(previous)
    if [row.hire for row in plan.mentors] != sorted(hire.id for hire in problem.hires):
        yield _wrong(None, "Planens mentorer har inte en rad för varje nyanställd, i ordning.")
    pairs = []
    for row in plan.mentors:
        hire = problem.hire_by_id.get(row.hire)
        if hire is None:
            continue
        yield from _row(row, hire, known, former)
        if row.mentor in known:
            pairs.append(_Pair(hire, known[row.mentor]))
    yield from _crowded(pairs)
    yield from _levels(plan.mentor_levels, mentor_values(problem, plan, previous))


def mentor_values(problem: TermProblem, plan: Plan, previous: Plan | None) -> Mapping[MentorLevel, int]:
    """The value of every level of the plan's pairs."""
    known = {mentor.id: mentor for mentor in problem.mentors}
    pairs = [
        _Pair(problem.hire_by_id[row.hire], known[row.mentor])
        for row in plan.mentors
        if row.hire in problem.hire_by_id and row.mentor in known
    ]
    now = {(pair.hire.id, pair.mentor.id) for pair in pairs}
    lost = [pair for pair in _former(previous).items() if pair[0] in problem.hire_by_id and pair not in now]
    return {
        MentorLevel.WITHOUT: len(problem.hires) - len(pairs),
        MentorLevel.LOST: len(lost),
        MentorLevel.TARGET_GROUP: sum(_no_common_group(hire, mentor) for hire, mentor in pairs),
        MentorLevel.UNIT: sum(_wrong_unit(problem.settings.mentor_unit, hire, mentor) for hire, mentor in pairs),
        MentorLevel.ADMINISTRATION: sum(hire.organisation != mentor.organisation for hire, mentor in pairs),
        MentorLevel.WEEKDAYS: sum(max(0, 5 - len({*h.weekdays} & {*m.weekdays})) for h, m in pairs),
        MentorLevel.EVENNESS: sum(number * number for number in Counter(mentor.id for _, mentor in pairs).values()),
    }


def _former(previous: Plan | None) -> dict[str, str]:
    return {row.hire: row.mentor for row in (previous.mentors if previous else ()) if row.mentor is not None}


def _row(row: MentorPair, hire: Hire, known: Mapping[str, Mentor], former: Mapping[str, str]) -> Iterator[Violation]:
    if row.mentor is None:
        there = any(_there(mentor, hire.starts) for mentor in known.values())
        reason = MentorReason.ALL_FULL if there else MentorReason.NONE_THERE
        if row.reason is not reason or row.kept is not None:
            yield _wrong(hire.id, f"{hire.id} har ingen mentor; skälet är att {reason.words}, men planen säger annat.")
        return
    if row.mentor not in known:
        yield _wrong(hire.id, f"{hire.id} har mentorn {row.mentor}, som inte finns i indata.")
        return
    if not _there(known[row.mentor], hire.starts):
        yield _wrong(hire.id, f"{hire.id} har mentorn {row.mentor}, som inte är där på hennes första dag.")
    kept = former.get(hire.id) == row.mentor
    if row.kept is not kept or row.reason is not None:
        yield _wrong(hire.id, f"{hire.id} har {'samma' if kept else 'en ny'} mentor; planen säger annat.")


def _there(mentor: Mentor, day: date) -> bool:
    return (mentor.first or date.min) <= day <= (mentor.last or date.max)


def _last_day(pair: _Pair) -> date:
    year = months_after(pair.hire.starts, 12) - timedelta(days=1)
    return min(year, pair.hire.ends or date.max, pair.mentor.last or date.max)


def _crowded(pairs: Sequence[_Pair]) -> Iterator[Violation]:
    """A day with more pairs of a mentor than ``högst``: if there is one, it is the first day of some pair."""
    of: dict[str, list[_Pair]] = defaultdict(list)
    for pair in pairs:
        of[pair.mentor.id].append(pair)
    for mine in of.values():
        for day in sorted({pair.hire.starts for pair in mine}):
            number = sum(pair.hire.starts <= day <= _last_day(pair) for pair in mine)
            mentor = mine[0].mentor
            if number > mentor.at_most:
                yield _wrong(None, f"{mentor.id} är mentor för {number} den {day}, men högst {mentor.at_most}.")
                break


def _no_common_group(hire: Hire, mentor: Mentor) -> bool:
    mine, others = ({group.casefold() for group in who.target_groups} for who in (hire, mentor))
    return bool(mine) and bool(others) and not mine & others


def _wrong_unit(wish: MentorUnit, hire: Hire, mentor: Mentor) -> bool:
    same = bool(hire.unit) and hire.unit == mentor.unit and hire.organisation == mentor.organisation
    return {MentorUnit.SAME: not same, MentorUnit.OTHER: same}.get(wish, False)


def _levels(listed: Sequence[MentorLevelResult], values: Mapping[MentorLevel, int]) -> Iterator[Violation]:
    if [row.name for row in listed] != list(MentorLevel):
        yield _wrong(None, f"Planens nivåer för mentorer ska vara {', '.join(level.words for level in MentorLevel)}.")
    for row in listed:
        level = f"Mentorernas nivå ”{row.name.words}”"
        if row.value != values[row.name]:
            yield _wrong(None, f"{level} är {values[row.name]}, men planen säger {row.value}.")
        if row.bound is not None and row.bound > row.value:
            yield _wrong(None, f"{level}: gränsen {row.bound} är högre än värdet {row.value}.")
        if row.proven and row.bound != row.value:
            yield _wrong(None, f"{level} sägs vara bevisad, men gränsen är inte värdet.")


def _wrong(hire: str | None, message: str) -> Violation:
    return Violation(None, hire, None, None, message)
