"""The page's lists, as sentences ready to print: who is not on time, what was changed, which proposals are opened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from models.change import ChangeKind, PlanDiff
from models.ids import State
from models.plan import Booking, Requirement
from models.problem import TermProblem
from outputs import words
from outputs.change_groups import Group, by_person, employers_of, in_order_of_names, names_of
from outputs.figures import EarlyCases, Figures, RoundLoad

MOST_PEOPLE = 200
MOST_CHANGES = 200
MOST_HELPS = 8
MOST_BOTTLENECKS = 8
MOST_EARLY = 15
MOST_REASONS = 6
MOST_STRETCHED = 12


@dataclass(frozen=True)
class Case:
    """A requirement that is late, missing or waiting."""

    name: str
    employer: str
    programme: str
    state: str
    mood: str
    when: str
    reasons: tuple[str, ...]
    more_reasons: tuple[str, ...]
    suggestions: tuple[str, ...]


MOODS = {State.MISSING: "bad", State.LATE: "late", State.WAITING: "wait", State.ON_TIME: "good", State.DONE: "plain"}


def cases(figures: Figures) -> tuple[Case, ...]:
    """Those not on time, missing first."""
    lines = words.ReasonLines(figures.problem)
    return tuple(_case(figures, r, lines.of(r)) for r in figures.not_on_time[:MOST_PEOPLE])


def _case(figures: Figures, requirement: Requirement, reasons: tuple[str, ...]) -> Case:
    problem = figures.problem
    return Case(
        name=problem.hire_by_id[requirement.hire].name,
        employer=employer(figures, requirement.hire),
        programme=problem.programme_by_id[requirement.programme].name,
        state=words.STATES[requirement.state],
        mood=MOODS[requirement.state],
        when=_when(requirement),
        reasons=reasons[:MOST_REASONS],
        more_reasons=reasons[MOST_REASONS:],
        suggestions=tuple(words.sentence(words.suggestion(problem, requirement, s)) for s in requirement.suggestions),
    )


def _when(requirement: Requirement) -> str:
    deadline = f"Frist {words.day(requirement.deadline)}" if requirement.deadline else "Ingen frist"
    if requirement.completed_on and requirement.deadline:
        late = (requirement.completed_on - requirement.deadline).days
        return f"{deadline}, klar {words.day(requirement.completed_on)} ({words.count(late, 'dag', 'dagar')} för sent)"
    return deadline


def employer(figures: Figures, hire: str) -> str:
    """Administration and unit; nothing of somebody who has left."""
    known = figures.problem.hire_by_id.get(hire)
    if known is None:
        return "inte längre med i underlaget"
    name = figures.problem.organisation_by_id[known.organisation].name
    return f"{name}, {known.unit}" if known.unit else name


@dataclass(frozen=True)
class ChangeLine:
    """What happened to a hire's seats in one programme; in ``plan.xlsx`` every seat has its row."""

    name: str
    employer: str
    kind: str
    mood: str
    programme: str
    before: str
    after: str
    cause: str


CHANGE_MOODS = {
    ChangeKind.NEW: "good",
    ChangeKind.MOVED: "wait",
    ChangeKind.DETAILS: "plain",
    ChangeKind.CANCELLED: "bad",
}


def change_lines(figures: Figures, diff: PlanDiff) -> tuple[ChangeLine, ...]:
    """Changes by name."""
    names, employers = names_of(figures.problem, diff), employers_of(figures.problem, diff)
    people = by_person(diff)
    groups = [group for hire in in_order_of_names(people, names) for group in people[hire]]
    return tuple(_change(figures.problem, group, names, employers) for group in groups)


def _change(problem: TermProblem, group: Group, names: Mapping[str, str], employers: Mapping[str, str]) -> ChangeLine:
    return ChangeLine(
        name=names.get(group.hire, group.hire),
        employer=employers.get(group.hire, "inte längre med i underlaget"),
        kind=words.CHANGE_KINDS[group.kind],
        mood=CHANGE_MOODS[group.kind],
        programme=words.module_name(problem, group.programme, None),
        before=_seats(change.before for change in group.changes),
        after=_seats(change.after for change in group.changes),
        cause=" ".join(dict.fromkeys(words.change_note(change) for change in group.changes)),
    )


def _seats(bookings: Iterable[Booking | None]) -> str:
    """A single seat in full, several by their days."""
    rows = [booking for booking in bookings if booking]
    if len(rows) > 1:
        return f"{rows[0].round}: {words.listed(words.short_day(row.start.date()) for row in rows)}"
    # A browser may break a line after a dash; between two times that reads badly.
    return words.seat(rows[0]).replace("–", "\u2060–\u2060") if rows else "–"


def change_summary(diff: PlanDiff) -> str:
    """How many changes of each kind, for how many people."""
    kinds = Counter(c.kind for c in diff.changes)
    people = len({c.hire for c in diff.changes})
    if not diff.changes:
        return (
            f"Ingenting är ändrat sedan förra planen: {words.count(diff.unchanged, 'plats', 'platser')} är som förut."
        )
    told = words.listed(f"{words.CHANGE_KINDS[k].lower()} {words.whole(kinds[k])}" for k in ChangeKind if kinds[k])
    changed = words.count(len(diff.changes), "plats är ändrad", "platser är ändrade")
    return (
        f"{changed} för {words.count(people, 'person', 'personer')} ({told}). "
        f"{words.count(diff.unchanged, 'plats', 'platser')} är som förut."
    )


@dataclass(frozen=True)
class ProposalLine:
    """A proposal that the plan opens."""

    round: str
    programme: str
    days: str
    participants: str
    purpose: str


def proposal_lines(figures: Figures) -> tuple[ProposalLine, ...]:
    """The opened proposals, by programme and first day."""
    return tuple(_proposal(figures, load) for load in figures.opened)


def _proposal(figures: Figures, load: RoundLoad) -> ProposalLine:
    participants, seats = load.peak
    days = words.span(load.sessions[0].day, load.sessions[-1].day) if load.sessions else ""
    programme = figures.problem.programme_by_id[load.round.programme].name
    return ProposalLine(
        load.round.id, programme, days, f"{participants} av {seats}", words.sentence(figures.purpose(load))
    )


@dataclass(frozen=True)
class CaseloadLine:
    """Cases before training in one administration, and its longest time as a share of the longest of all."""

    organisation: str
    requirements: int
    people: int
    days: int
    longest: int
    percent: float


def caseload_lines(figures: Figures) -> tuple[CaseloadLine, ...]:
    """Every administration, by name: none is also worth knowing."""
    found: dict[str, list[EarlyCases]] = {s.organisation: [] for s in figures.shares if s.organisation is not None}
    for early in figures.early_cases:
        found[early.hire.organisation].append(early)
    most = max((sum(e.days for e in rows) for rows in found.values()), default=0)
    return tuple(_caseload(figures, organisation, rows, most) for organisation, rows in found.items())


def _caseload(figures: Figures, organisation: str, rows: list[EarlyCases], most: int) -> CaseloadLine:
    days = sum(e.days for e in rows)
    return CaseloadLine(
        organisation=figures.problem.organisation_by_id[organisation].name,
        requirements=len(rows),
        people=len({e.hire.id for e in rows}),
        days=days,
        longest=max((e.days for e in rows), default=0),
        percent=round(100 * days / most, 1) if most else 0,
    )
