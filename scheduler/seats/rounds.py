"""Who may sit in a round, and whether it runs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from models.ids import RoundStatus
from models.problem import Round
from scheduler.linear.model import LinearModel
from scheduler.seats.candidates import Candidate
from scheduler.situation.settled import History


class RoundSeats:
    """The candidates of each round, and the variables of its participants, each made once it is asked for."""

    def __init__(self, history: History, linear_model: LinearModel, candidates: Sequence[Candidate]) -> None:
        self._linear_model = linear_model
        self._candidates = candidates
        self._participates: dict[str, dict[str, int]] = {}
        self._runs: dict[str, int | None] = {}
        self._fact_participants = _fact_participants(history)

    def in_round(self, round_id: str) -> Sequence[Candidate]:
        """Everything that may be booked there."""
        return [c for own in self._in_round.get(round_id, {}).values() for c in own]

    def held_participants(self, round_: Round) -> frozenset[str]:
        """Ids of the hires who have a held seat in the round."""
        return self._fact_participants.get(round_.id, frozenset())

    def participants(self, round_: Round) -> Mapping[str, int]:
        """The variable of each hire id that is 1 when she has a booked
        seat in the round; those with held seats are not among them.
        """
        if round_.id not in self._participates:
            held = self.held_participants(round_)
            by_hire = self._in_round.get(round_.id, {})
            self._participates[round_.id] = {
                hire: self._linear_model.any_of(_exclusive(own)) for hire, own in by_hire.items() if hire not in held
            }
        return self._participates[round_.id]

    def runs(self, round_: Round) -> int | None:
        """The variable that is 1 when the round has booked participants; None when nobody can be booked there."""
        if round_.id not in self._runs:
            people = self.participants(round_)
            self._runs[round_.id] = self._linear_model.any_of([[v] for v in people.values()]) if people else None
        return self._runs[round_.id]

    def undecided(self, rounds: Sequence[Round]) -> Iterator[Round]:
        """Rounds that the plan may run or not, which no held seat has decided yet."""
        for round_ in rounds:
            if round_.status is RoundStatus.PROPOSED and not self.held_participants(round_):
                yield round_

    @cached_property
    def _in_round(self) -> Mapping[str, Mapping[str, Sequence[Candidate]]]:
        return _by_round(self._candidates)


def _exclusive(candidates: Sequence[Candidate]) -> list[list[int]]:
    """Variables grouped by block: at most one of a block is chosen."""
    groups: dict[tuple[tuple[str, str], tuple[int, ...]], list[int]] = defaultdict(list)
    for c in candidates:
        groups[c.need.key, c.block.modules].append(c.variable)
    return list(groups.values())


def _by_round(candidates: Sequence[Candidate]) -> dict[str, dict[str, list[Candidate]]]:
    found: dict[str, dict[str, list[Candidate]]] = defaultdict(lambda: defaultdict(list))
    for c in candidates:
        found[c.offer.round.id][c.need.hire.id].append(c)
    return {round_id: dict(hires) for round_id, hires in found.items()}


def _fact_participants(history: History) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for hire, facts in history.facts.items():
        for session in facts:
            found[session.round].add(hire)
    return {round_id: frozenset(hires) for round_id, hires in found.items()}
