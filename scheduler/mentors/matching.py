"""The best matching of hires and mentors (MODEL.md, Mentors)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from models.ids import MentorLevel, MentorReason
from models.plan import MentorLevelResult, MentorPair, Plan
from models.problem import TermProblem
from scheduler.mentors.model import MentorModel
from scheduler.mentors.pairs import Company, company_of, is_there
from scheduler.mentors.search import Run, Search
from scheduler.mentors.start import first_come
from scheduler.solvers.clock import Clock
from scheduler.solvers.cp_sat import never
from scheduler.solvers.mip import Mip, no_mip

MOST_PAIRS = 300_000
"""Pairs to choose among, above which each hire gets the best mentor
who is free in her turn: a model of them all takes too much memory.
"""


@dataclass(frozen=True)
class Matching:
    """A row for each hire, by id, and what the levels came to; both empty where there are no mentors."""

    pairs: tuple[MentorPair, ...] = ()
    levels: tuple[MentorLevelResult, ...] = ()


def match_mentors(
    problem: TermProblem,
    previous: Plan | None,
    *,
    seed: int,
    clock: Clock,
    mip: Mip = no_mip,
    should_stop: Callable[[], bool] = never,
) -> Matching:
    """Pair everybody in the input, as in the plan before where
    that is best; nobody where the table ``mentorer`` is missing.
    """
    if not problem.mentors:
        return Matching()
    company = company_of(problem, _former(previous))
    chosen = first_come(company)
    if len(company.pairs) > MOST_PAIRS:
        return Matching(tuple(_rows(company, chosen)), tuple(_unproven(company, chosen)))
    model = MentorModel(company)
    search = Search(model, Run(seed, clock, mip, should_stop), model.complete(chosen))
    values = search.best()
    chosen = [place for place in range(len(company.pairs)) if values[place]]
    return Matching(tuple(_rows(company, chosen)), tuple(search.levels))


def _former(previous: Plan | None) -> Mapping[str, str]:
    """The mentor's id of each hire who had one in the plan before."""
    rows = previous.mentors if previous else ()
    return {row.hire: row.mentor for row in rows if row.mentor is not None}


def _rows(company: Company, chosen: Sequence[int]) -> Iterator[MentorPair]:
    found = {company.pairs[place].hire.id: company.pairs[place] for place in chosen}
    for hire in company.hires:
        if hire.id in found:
            pair = found[hire.id]
            yield MentorPair(hire=hire.id, mentor=pair.mentor.id, kept=company.is_former(pair))
        else:
            there = any(is_there(mentor, hire.starts) for mentor in company.mentors)
            yield MentorPair(hire=hire.id, reason=MentorReason.ALL_FULL if there else MentorReason.NONE_THERE)


def _unproven(company: Company, chosen: Sequence[int]) -> Iterator[MentorLevelResult]:
    pairs = [company.pairs[place] for place in chosen]
    for level in MentorLevel:
        yield MentorLevelResult(name=level, value=company.value(level, pairs), bound=None, proven=False)
