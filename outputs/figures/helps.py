"""Where seats are too few, and the changes that would bring more requirements in time."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from models.ids import Rule, State
from models.plan import Plan, Requirement, Suggestion
from outputs.figures.shares import Share

SEAT_REASONS = (Rule.FULL, Rule.QUOTA)


@dataclass(frozen=True)
class Bottleneck:
    """A round for whose seats some requirements wait in vain: late, missing or waiting ones."""

    round: str
    turned_away: int
    not_on_time: int


@dataclass(frozen=True)
class Gain:
    """What a tried change brings over the whole plan: so many
    requirements more on time, and how many of how many then are.
    """

    more: int
    on_time: int
    counted: int


@dataclass(frozen=True)
class Help:
    """A tried change, what it brings, and how many requirements it was tried for."""

    programme: str
    idea: Suggestion
    gain: Gain
    wanted_by: int


def bottlenecks(plan: Plan) -> tuple[Bottleneck, ...]:
    """Rounds that turned somebody away for want of seats, those with most not on time first."""
    away: Counter[str] = Counter()
    late: Counter[str] = Counter()
    for requirement in plan.requirements:
        for round_ in {r.round for r in requirement.reasons if r.rule in SEAT_REASONS}:
            away[round_] += 1
            late[round_] += requirement.state in (State.MISSING, State.LATE)
    rows = [Bottleneck(round_, number, late[round_]) for round_, number in away.items()]
    return tuple(sorted(rows, key=lambda b: (-b.not_on_time, -b.turned_away, b.round)))


class Gains:
    """What each change that is told brings over the whole plan: the same number for everybody whom it is told to."""

    def __init__(self, total: Share, not_on_time: Iterable[Requirement]) -> None:
        """As told to those with a deadline to keep: older plans tell another number to those who wait."""
        self._total = total
        self._more: Counter[_Change] = Counter()
        for requirement in not_on_time:
            for idea in requirement.suggestions:
                change = _change(requirement, idea)
                self._more[change] = max(self._more[change], idea.more_on_time)

    def of(self, requirement: Requirement, idea: Suggestion) -> Gain:
        """What a requirement's suggestion brings."""
        more = self._more[_change(requirement, idea)]
        return Gain(more, self._total.on_time + more, self._total.counted)


def helps(plan: Plan, gains: Gains) -> tuple[Help, ...]:
    """Each suggested change that brings more requirements in time, once, the best first."""
    wanted: dict[_Change, list[tuple[Requirement, Suggestion]]] = defaultdict(list)
    for requirement in plan.requirements:
        for idea in requirement.suggestions:
            wanted[_change(requirement, idea)].append((requirement, idea))
    told = ((*tried[0], len(tried)) for tried in wanted.values())
    rows = [Help(first.programme, idea, gains.of(first, idea), number) for first, idea, number in told]
    some = (row for row in rows if row.gain.more > 0)
    return tuple(sorted(some, key=lambda h: (-h.gain.more, -h.wanted_by, h.programme, h.idea.kind, str(h.idea.week))))


_Change = tuple[str, str | None, int | None, date | None]


def _change(requirement: Requirement, idea: Suggestion) -> _Change:
    """What tells one change from another: a later caseload start
    is one person's, the others are the same for whoever is helped.
    """
    whose = requirement.hire if idea.kind == "ärendestart" else requirement.programme
    return f"{idea.kind}:{whose}", idea.round, idea.module, idea.week
