"""A new date for a cancelled session: on which near day could most of those come who are not on time?

Asked of days alone, with everybody's other seats as they are;
whether it really helps is then tried by solving (``suggestions``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from models.ids import RoundStatus
from models.problem import Round, Session, TermProblem
from scheduler.linear.model import Values
from scheduler.model.build import Model
from scheduler.seat_rules import clash, closed, shared
from scheduler.seats.eligibility import Eligibility
from scheduler.situation.requirements import Need

NeedKey = tuple[str, str]
MOST_DAYS_AWAY = 28
"""How far from the cancelled day another one is looked for."""


@dataclass(frozen=True)
class NewDate:
    """Hold the cancelled ``session`` on ``day`` after all; ``for_whom``
    could come then, of whom ``counting`` have a deadline to keep.
    """

    session: Session
    day: date
    for_whom: tuple[NeedKey, ...]
    counting: int

    @property
    def rank(self) -> tuple[int, int, str]:
        """Those for whom a deadline counts first."""
        return -self.counting, -len(self.for_whom), self.session.id


def new_dates(model: Model, values: Values, keys: Collection[NeedKey]) -> Sequence[NewDate]:
    """The best day for each round that a single cancelled session closes, the one for most people first."""
    needs = [need for need in model.variables.needs if need.key in keys]
    closed_by = {round_.id: session for round_, session in _cancelled_alone(model.problem)}
    wanting = {id_: [need for need in needs if _wants(model.problem, need, s)] for id_, s in closed_by.items()}
    if not any(wanting.values()):
        return ()
    search = _Search(model, values, [closed_by[id_] for id_, own in wanting.items() if own])
    found = (search.best(closed_by[id_], own) for id_, own in wanting.items() if own)
    return sorted((idea for idea in found if idea), key=lambda idea: idea.rank)


def with_new_dates(problem: TermProblem, days: Mapping[str, date]) -> TermProblem:
    """The problem with those cancelled sessions held, by their ids."""
    sessions = (_on(s, days[s.id]) if s.id in days else s for s in problem.sessions)
    return problem.model_copy(update={"sessions": tuple(sessions)})


def _cancelled_alone(problem: TermProblem) -> Iterator[tuple[Round, Session]]:
    """Rounds that are held but for one session."""
    cancelled: dict[str, list[Session]] = defaultdict(list)
    for session in problem.sessions:
        if session.cancelled:
            cancelled[session.round].append(session)
    for round_ in problem.rounds:
        if round_.status is not RoundStatus.CANCELLED and len(cancelled[round_.id]) == 1:
            yield round_, cancelled[round_.id][0]


def _wants(problem: TermProblem, need: Need, session: Session) -> bool:
    round_ = problem.round_by_id[session.round]
    open_to_her = need.programme.id == round_.programme and not closed.forbids_round(round_, need.hire.organisation)
    return open_to_her and any(session.module in block.modules for block in need.blocks)


class _Search:
    """Days for everybody, against one plan."""

    def __init__(self, model: Model, values: Values, cancelled: Sequence[Session]) -> None:
        self._model = model
        held = with_new_dates(model.problem, {session.id: session.day for session in cancelled})
        self._eligibility = Eligibility(held, model.history)
        self._seats: dict[str, list[Session]] = defaultdict(list)
        for candidate in model.chosen(values):
            self._seats[candidate.need.hire.id] += candidate.offer.sessions

    def best(self, session: Session, wanting: Sequence[Need]) -> NewDate | None:
        """The day for most of them, those who count first, then the nearest; None where nobody could come on any."""
        ideas = (self._idea(session, day, wanting) for day in _days(self._model, session))
        return max((i for i in ideas if i.for_whom), key=lambda i: (i.counting, len(i.for_whom)), default=None)

    def _idea(self, session: Session, day: date, wanting: Sequence[Need]) -> NewDate:
        moved = _on(session, day)
        coming = [need for need in wanting if self._can_come(need, moved)]
        return NewDate(session, day, tuple(need.key for need in coming), sum(need.counts for need in coming))

    def _can_come(self, need: Need, moved: Session) -> bool:
        if need.deadline is not None and moved.day > need.deadline:
            return False
        if self._eligibility.impossible(moved, need.hire, need.programme):
            return False
        return not any(clash.overlap(moved, other) for other in self._seats.get(need.hire.id, ()))


def _days(model: Model, session: Session) -> Iterator[date]:
    """The days near the cancelled one on which it could be held,
    the nearest first: in order, its trainers and room free.
    """
    problem, settings = model.problem, model.problem.settings
    first, last = max(settings.horizon_start, model.history.notice_end), settings.horizon_end
    least, most = _in_order(problem, session)
    for away in (step for days in range(1, MOST_DAYS_AWAY + 1) for step in (days, -days)):
        day = session.day + timedelta(days=away)
        if max(first, least) <= day <= min(last, most) and _is_free(problem, _on(session, day)):
            yield day


def _in_order(problem: TermProblem, session: Session) -> tuple[date, date]:
    """First and last day that keep the round's meetings in their order, where its programme has one."""
    programme = problem.programme_by_id[problem.round_by_id[session.round].programme]
    if not programme.ordered:
        return date.min, date.max
    apart = timedelta(days=max(1, programme.min_gap_days))
    others = [s for s in problem.sessions if s.round == session.round and s.id != session.id]
    place = session.module, session.meeting
    before = [
        s.day + (apart if s.module < session.module else timedelta()) for s in others if (s.module, s.meeting) < place
    ]
    after = [
        s.day - (apart if s.module > session.module else timedelta()) for s in others if (s.module, s.meeting) > place
    ]
    return max(before, default=date.min), min(after, default=date.max)


def _is_free(problem: TermProblem, moved: Session) -> bool:
    """Neither a trainer nor the room is needed elsewhere at that time, and no other meeting of the round is then."""
    mine = set(shared.resources(moved))
    return not any(
        clash.overlap(moved, other) and (other.round == moved.round or not mine.isdisjoint(shared.resources(other)))
        for other in problem.sessions
        if other.day == moved.day
        and other.id != moved.id
        and not other.cancelled
        and problem.round_by_id[other.round].status is not RoundStatus.CANCELLED
    )


def _on(session: Session, day: date) -> Session:
    return session.model_copy(update={"day": day, "cancelled": False})
