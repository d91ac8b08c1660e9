"""The page's lists, as sentences ready to print: who is not on time, what was changed, which proposals are opened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from models.change import ChangeKind, PlanDiff
from models.ids import State
from models.plan import Booking, Requirement
from models.problem import TermProblem
from outputs import words
from outputs.change_groups import Group, by_cause, by_person, employers_of, in_order_of_names, names_of
from outputs.figures import EarlyCases, Figures, RoundLoad

MOST_PEOPLE = 200
MOST_CHANGES = 200
MOST_HELPS = 8
MOST_BOTTLENECKS = 8
MOST_EARLY = 15
MOST_REASONS = 6
MOST_STRETCHED = 12


@dataclass(frozen=True)
class People:
    """Hires of one unit who are not on time, and their deadline."""

    names: str
    employer: str
    when: str


@dataclass(frozen=True)
class Case:
    """Requirements of one programme and state that have the same reasons and suggestions, told once for all of them."""

    state: str
    mood: str
    people: tuple[People, ...]
    reasons: tuple[str, ...]
    more_reasons: tuple[str, ...]
    suggestions: tuple[str, ...]


@dataclass(frozen=True)
class ProgrammeCases:
    """Those not on time in one programme."""

    programme: str
    requirements: int
    cases: tuple[Case, ...]


MOODS = {
    State.MISSING: "bad",
    State.LATE: "late",
    State.WAITING: "wait",
    State.LEAVES: "plain",
    State.ON_TIME: "good",
    State.DONE: "plain",
    State.ON_OWN: "plain",
    State.ON_OWN_LATE: "late",
}


def cases(figures: Figures) -> tuple[ProgrammeCases, ...]:
    """Those not on time by programme, that with most first;
    within it missing first, those with the same reasons together.
    """
    found: dict[str, dict[_Account, list[Requirement]]] = {}
    for requirement in figures.not_on_time[:MOST_PEOPLE]:
        account = (requirement.state, figures.reasons.of(requirement), _suggestions(figures, requirement))
        found.setdefault(requirement.programme, {}).setdefault(account, []).append(requirement)
    rows = [_programme(figures, programme, accounts) for programme, accounts in found.items()]
    return tuple(sorted(rows, key=lambda row: (-row.requirements, row.programme)))


_Account = tuple[State, tuple[str, ...], tuple[str, ...]]


def _suggestions(figures: Figures, requirement: Requirement, *, several: bool = False) -> tuple[str, ...]:
    told = (
        words.suggestion(figures.problem, requirement, idea, figures.told_gain(requirement, idea), several=several)
        for idea in requirement.suggestions
    )
    return tuple(words.sentence(text) for text in told)


def _programme(figures: Figures, programme: str, accounts: Mapping[_Account, Sequence[Requirement]]) -> ProgrammeCases:
    return ProgrammeCases(
        programme=figures.problem.programme_by_id[programme].name,
        requirements=sum(len(rows) for rows in accounts.values()),
        cases=tuple(_case(figures, account, rows) for account, rows in accounts.items()),
    )


def _case(figures: Figures, account: _Account, requirements: Sequence[Requirement]) -> Case:
    state, reasons, _ = account
    together: dict[tuple[str, str], list[str]] = {}
    for requirement in requirements:
        alike = employer(figures, requirement.hire), _when(figures, requirement)
        together.setdefault(alike, []).append(requirement.hire)
    rows = (
        People(words.listed(figures.names[hire] for hire in figures.by_name(hires)), *alike)
        for alike, hires in together.items()
    )
    return Case(
        state=words.STATES[state],
        mood=MOODS[state],
        people=tuple(rows),
        reasons=reasons[:MOST_REASONS],
        more_reasons=reasons[MOST_REASONS:],
        suggestions=_suggestions(figures, requirements[0], several=len(requirements) > 1),
    )


def _when(figures: Figures, requirement: Requirement) -> str:
    deadline = f"Frist {words.day(requirement.deadline)}" if requirement.deadline else "Ingen frist"
    if requirement.deadline and requirement.deadline < figures.plan.horizon[0]:
        return f"{deadline}, före terminen"
    if requirement.completed_on and requirement.deadline:
        late = (requirement.completed_on - requirement.deadline).days
        return f"{deadline}, klar {words.day(requirement.completed_on)} ({words.count(late, 'dag', 'dagar')} för sent)"
    return deadline


def employer(figures: Figures, hire: str) -> str:
    """Administration and unit of a hire; empty for one who has left the tables."""
    known = figures.problem.hire_by_id.get(hire)
    return "inte längre med i tabellerna" if known is None else words.workplace(figures.problem, known)


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
    details: str


@dataclass(frozen=True)
class ChangeCause:
    """What caused changes, told once, with those it changed
    something for; without words for new seats and changed details.
    """

    cause: str
    lines: tuple[ChangeLine, ...]


CHANGE_MOODS = {
    ChangeKind.NEW: "good",
    ChangeKind.MOVED: "wait",
    ChangeKind.DETAILS: "plain",
    ChangeKind.CANCELLED: "bad",
}


def change_causes(figures: Figures, diff: PlanDiff) -> tuple[ChangeCause, ...]:
    """Changes by what caused them, under each by name; no more lines in all than a page can hold."""
    names, employers = names_of(figures.problem, diff), employers_of(figures.problem, diff)
    causes = []
    room = MOST_CHANGES
    for cause, groups in by_cause(diff, lambda group: words.change_cause(group.first, None, figures.problem)).items():
        order = {hire: n for n, hire in enumerate(in_order_of_names({g.hire for g in groups}, names))}
        shown = sorted(groups, key=lambda group: order[group.hire])[:room]
        room -= len(shown)
        causes += (
            [ChangeCause(cause, tuple(_change(figures.problem, g, names, employers) for g in shown))] if shown else []
        )
    return tuple(causes)


def change_line_count(diff: PlanDiff) -> int:
    """The number of lines that there would be without a limit."""
    return sum(len(groups) for groups in by_person(diff).values())


def _change(problem: TermProblem, group: Group, names: Mapping[str, str], employers: Mapping[str, str]) -> ChangeLine:
    details = dict.fromkeys(words.details_changed(c) for c in group.changes if c.kind is ChangeKind.DETAILS)
    return ChangeLine(
        name=names.get(group.hire, group.hire),
        employer=employers.get(group.hire, "inte längre med i tabellerna"),
        kind=words.CHANGE_KINDS[group.kind],
        mood=CHANGE_MOODS[group.kind],
        programme=words.module_name(problem, group.programme, None),
        before=_seats(change.before for change in group.changes),
        after=_seats(change.after for change in group.changes),
        details=" ".join(words.sentence(text) for text in details if text),
    )


def _seats(bookings: Iterable[Booking | None]) -> str:
    """Seats in words: a single one in full, several by their days."""
    rows = [booking for booking in bookings if booking]
    if len(rows) > 1:
        return f"{rows[0].round}: {words.listed(words.short_day(row.start.date()) for row in rows)}"
    # A browser may break a line after a dash; between two times that reads badly.
    return words.seat(rows[0]).replace("–", "\u2060–\u2060") if rows else "–"


def change_summary(diff: PlanDiff) -> str:
    """The number of changes of each kind, and of people."""
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
    """A line for every administration, by name, also where there are no such days."""
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
