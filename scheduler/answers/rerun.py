"""Another running of a round: in which week would it bring in most of those who are not on time?

Asked of days alone, with everybody's other seats as they are; whether it really helps is then tried by solving
(``suggest``). Days are bits of a whole number, so that all weeks are looked at in one go.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from models.ids import RoundStatus
from models.problem import Round, Session, TermProblem
from scheduler.linear.model import Values
from scheduler.model.build import Model
from scheduler.seat_rules import accessible, closed
from scheduler.situation.requirements import Need

NeedKey = tuple[str, str]
MOST_DAYS_AWAY = 140
"""How far from an existing round another running of it is looked for."""


@dataclass(frozen=True)
class Idea:
    """Run these modules of ``template`` again so many days later, or earlier; ``for_whom`` could come then, on time."""

    template: Round
    modules: tuple[int, ...]
    days: int
    for_whom: tuple[NeedKey, ...]
    counting: int

    @property
    def rank(self) -> tuple[int, int, str, tuple[int, ...]]:
        """Those for whom a deadline counts first."""
        return -self.counting, -len(self.for_whom), self.template.id, self.modules


def ideas(model: Model, values: Values, keys: Collection[NeedKey]) -> Sequence[Idea]:
    """The best week for each round that may be run again, or for
    each of its modules where these are free; the best idea first.
    """
    needs = [need for need in model.variables.needs if need.key in keys]
    search = _Search(model, values)
    found: list[Idea] = []
    for template in templates(model.problem):
        programme = model.problem.programme_by_id[template.programme]
        own = [need for need in needs if need.programme.id == programme.id]
        numbers = tuple(m.number for m in programme.modules)
        for modules in [numbers] if programme.cohort else [(n,) for n in numbers]:
            wanting = [need for need in own if any(set(block.modules) & set(modules) for block in need.blocks)]
            found += search.best(template, modules, wanting)
    return sorted(found, key=lambda idea: idea.rank)


def with_reruns(problem: TermProblem, chosen: Mapping[str, Idea]) -> TermProblem:
    """The problem with those rounds too, by their new ids."""
    rounds, meetings = list(problem.rounds), list(problem.sessions)
    for round_id, idea in chosen.items():
        update = {"id": round_id, "status": RoundStatus.FIXED, "min_participants": 0, "reserve": 0}
        rounds.append(idea.template.model_copy(update=update))
        meetings += [_shift(s, round_id, idea.days) for s in sessions_of(problem, idea.template.id, idea.modules)]
    return problem.model_copy(update={"rounds": tuple(rounds), "sessions": tuple(meetings)})


def templates(problem: TermProblem) -> list[Round]:
    """One round of each programme and circle of administrations that may be run again: the first."""
    found: dict[tuple[str, tuple[str, ...]], Round] = {}
    for round_ in sorted(problem.rounds, key=lambda r: r.id):
        if round_.status is not RoundStatus.CANCELLED:
            found.setdefault((round_.programme, round_.organisations), round_)
    return list(found.values())


def sessions_of(problem: TermProblem, round_id: str, modules: Sequence[int]) -> list[Session]:
    """What is held of these modules in a round, in order of time."""
    meetings = (s for module in modules for s in problem.meetings.get((round_id, module), ()))
    return sorted((s for s in meetings if not s.cancelled), key=lambda s: (s.starts_at, s.id))


class _Search:
    """Weeks for everybody, against one plan."""

    def __init__(self, model: Model, values: Values) -> None:
        self._problem = model.problem
        self._eligibility = model.variables.eligibility
        self._first = max(model.problem.settings.horizon_start, model.history.notice_end)
        self._last = model.problem.settings.horizon_end
        self._open: dict[NeedKey, int] = {}
        self._moved: dict[str, Sequence[Session]] = {}
        self._seats: dict[str, list[tuple[NeedKey, tuple[int, ...], Session]]] = {}
        for c in model.chosen(values):
            own = self._seats.setdefault(c.need.hire.id, [])
            own += [(c.need.key, c.block.modules, s) for s in c.offer.sessions]

    def best(self, template: Round, modules: tuple[int, ...], needs: Sequence[Need]) -> Iterator[Idea]:
        """The week for most of them, those who count first; the
        same weekdays before others. None where nobody could come.
        """
        meetings = sessions_of(self._problem, template.id, modules)
        if not meetings or any(s.cancelled for m in modules for s in self._problem.meetings[template.id, m]):
            return
        needs = [need for need in needs if not closed.forbids_round(template, need.hire.organisation)]
        reach = [(need, self._reach(need, modules, meetings)) for need in needs]
        counting, everybody = _tally(days for need, days in reach if need.counts), _tally(days for _, days in reach)
        away = (meetings[0].day - self._first).days
        near = [day for day in everybody if abs(day - away) <= MOST_DAYS_AWAY]
        if near:
            day = min(near, key=lambda d: (-counting[d], -everybody[d], (d - away) % 7 != 0, abs(d - away), d))
            coming = tuple(need.key for need, days in reach if days >> day & 1)
            yield Idea(template, modules, day - away, coming, counting[day])

    def _reach(self, need: Need, modules: tuple[int, ...], meetings: Sequence[Session]) -> int:
        """The days on which it might begin for her: bit d is d
        days after the first day that is open to new bookings.
        """
        if any(accessible.out_of_reach(s, need.hire) for s in meetings):
            return 0
        days = -1
        for meeting in meetings:
            days &= self._free(need, modules, meeting) >> (meeting.day - meetings[0].day).days
        if need.deadline is not None:
            latest = need.deadline - (meetings[-1].day - meetings[0].day)
            days &= (1 << max(0, (latest - self._first).days + 1)) - 1
        return days

    def _free(self, need: Need, modules: tuple[int, ...], meeting: Session) -> int:
        """The days on which she could come at that time of day."""
        if need.key not in self._open:
            self._open[need.key] = self._open_days(need, meeting)
        days = self._open[need.key]
        for key, others, seat in self._seats.get(need.hire.id, ()):
            away = (seat.day - self._first).days
            replaced = key == need.key and set(others) & set(modules)
            if away >= 0 and not replaced and _same_hours(seat, meeting):
                days &= ~(1 << away)
        return days

    def _open_days(self, need: Need, meeting: Session) -> int:
        """The days that no rule closes to her, other than the meeting's own place."""
        days = 0
        for away, moved in enumerate(self._on_each_day(meeting)):
            if not self._eligibility.impossible(moved, need.hire, need.programme):
                days |= 1 << away
        return days

    def _on_each_day(self, meeting: Session) -> Sequence[Session]:
        """The meeting on each day that is open to new bookings, where everybody can come in: the same for all."""
        if meeting.id not in self._moved:
            anywhere = meeting.model_copy(update={"accessible": True})
            days = (self._first + timedelta(days=away) for away in range((self._last - self._first).days + 1))
            self._moved[meeting.id] = [anywhere.model_copy(update={"day": day}) for day in days]
        return self._moved[meeting.id]


def _tally(masks: Iterator[int]) -> Counter[int]:
    """How many have each day."""
    found: Counter[int] = Counter()
    for days in masks:
        found.update(place for place, bit in enumerate(reversed(f"{days:b}")) if bit == "1")
    return found


def _same_hours(one: Session, other: Session) -> bool:
    """They would overlap on one day."""
    return one.starts_at.time() < other.ends_at.time() and other.starts_at.time() < one.ends_at.time()


def _shift(session: Session, round_id: str, days: int) -> Session:
    return session.model_copy(
        update={
            "id": f"{round_id}-{session.id}",
            "round": round_id,
            "day": session.day + timedelta(days=days),
            "trainers": (),
            "room": None,
        }
    )


def monday(day: date) -> date:
    """The first day of its ISO week."""
    return day - timedelta(days=day.weekday())
