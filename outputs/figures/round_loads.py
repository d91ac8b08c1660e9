"""Rounds with their sessions, and who sits where."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from models.plan import Plan, RoundUse
from models.problem import Round, Session, TermProblem

InOrder = Callable[[Iterable[str]], tuple[str, ...]]
"""Ids of hires in the order in which a reader looks for them."""


@dataclass(frozen=True)
class RoundLoad:
    """A round with its sessions in date order and who sits where."""

    round: Round
    runs: bool
    people: tuple[str, ...]
    sessions: tuple[Session, ...]
    taken: tuple[int, ...]

    @property
    def peak(self) -> tuple[int, int]:
        """Participants and seats of the fullest session that is held."""
        held = [(t, s.seats) for t, s in zip(self.taken, self.sessions, strict=True) if not s.cancelled]
        return max(held, key=lambda pair: (pair[0] / max(1, pair[1]), -pair[1]), default=(0, self.round.seats))


def round_loads(
    problem: TermProblem, plan: Plan, people_in: Mapping[str, tuple[str, ...]], in_order: InOrder
) -> tuple[RoundLoad, ...]:
    """All rounds, by programme and first day; ``people_in`` are the hires in each session id."""
    sessions: dict[str, list[Session]] = defaultdict(list)
    for session in problem.sessions:
        sessions[session.round].append(session)
    uses = {u.round: u for u in plan.rounds}
    loads = [_load(r, sessions[r.id], uses.get(r.id), people_in, in_order) for r in problem.rounds]
    return tuple(sorted(loads, key=lambda x: (x.round.programme, _first_day(x), x.round.id)))


def _load(
    round_: Round,
    sessions: list[Session],
    use: RoundUse | None,
    people_in: Mapping[str, tuple[str, ...]],
    in_order: InOrder,
) -> RoundLoad:
    ordered = tuple(sorted(sessions, key=lambda s: (s.day, s.start, s.id)))
    people = {hire for s in ordered for hire in people_in.get(s.id, ())}
    taken = tuple(len(people_in.get(s.id, ())) for s in ordered)
    return RoundLoad(round_, use is not None and use.runs, in_order(people), ordered, taken)


def _first_day(load: RoundLoad) -> date:
    return load.sessions[0].day if load.sessions else date.max
