"""The page's part on mentors: who follows whom, and who has nobody."""

from __future__ import annotations

from dataclasses import dataclass

from outputs import words
from outputs.figures import Figures
from outputs.page.lists import employer
from outputs.tasks.company import Company

MOST_MENTORS = 200
MOST_WITHOUT = 200


@dataclass(frozen=True)
class MentorLine:
    """A mentor with her hires."""

    name: str
    workplace: str
    hires: tuple[str, ...]


@dataclass(frozen=True)
class WithoutLine:
    """A hire without a mentor, and why."""

    name: str
    employer: str
    why: str


@dataclass(frozen=True)
class Mentors:
    """The whole part: how many hires have a mentor, of how many."""

    paired: int
    hires: int
    levels: tuple[str, ...]
    lines: tuple[MentorLine, ...]
    without: tuple[WithoutLine, ...]


def mentors(figures: Figures) -> Mentors | None:
    """The part for a plan; None where the input has no mentors."""
    problem, plan = figures.problem, figures.plan
    if not problem.mentors:
        return None
    company = Company(problem, plan)
    lines = [
        MentorLine(
            mentor.name,
            words.workplace(problem, mentor),
            tuple(
                figures.names[id_] for id_ in figures.by_name(hire.id for hire in company.hires_of_mentor[mentor.id])
            ),
        )
        for mentor in sorted(problem.mentors, key=lambda mentor: (mentor.name, mentor.id))
    ]
    alone = figures.by_name(pair.hire for pair in plan.mentors if pair.mentor is None)
    without = [
        WithoutLine(figures.names[id_], employer(figures, id_), company.why_no_mentor(id_) or "") for id_ in alone
    ]
    return Mentors(
        paired=len(plan.mentors) - len(alone),
        hires=len(plan.mentors),
        levels=tuple(words.mentor_level(row) for row in plan.mentor_levels),
        lines=tuple(lines),
        without=tuple(without),
    )
