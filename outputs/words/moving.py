"""What it costs to move somebody by hand, as a coordinator would tell it to a manager."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from models.ids import Level, Rule, State
from models.moving import LevelCost, MoveOutcome, MovePrice, Obstacle, SeatMove, Wishes
from models.plan import Reason, Requirement
from models.problem import TermProblem
from outputs.words.dates import day, short_day
from outputs.words.labels import module_name, told_apart
from outputs.words.levels import level_name, level_value
from outputs.words.numbers import count, listed, sentence
from outputs.words.reasons import reason

_NAMED = 3


class MoveWords:
    """Sentences about wishes and what came of them, in one problem."""

    def __init__(self, problem: TermProblem, wishes: Wishes) -> None:
        self._problem = problem
        self._wishes = wishes
        self._names = told_apart({hire.id: hire.name for hire in problem.hires})

    def wished(self) -> Iterator[str]:
        """What is wished, a line each."""
        for wish in self._wishes.moves:
            yield (
                f"{self._names[wish.hire]} till {wish.round}: {module_name(self._problem, wish.programme, wish.module)}"
            )
        for bar in self._wishes.bars:
            yield f"{self._names[bar.hire]} inte i {bar.round}"

    def already(self, wishes: Wishes) -> Iterator[str]:
        """What is so in the plan as it is."""
        for wish in wishes.moves:
            yield f"{self._names[wish.hire]} har redan plats i {wish.round}; önskemålet låser den platsen."
        for bar in wishes.bars:
            yield f"{self._names[bar.hire]} är redan spärrad från {bar.round}."

    def alone(self, outcome: MoveOutcome) -> Iterator[str]:
        """The answer where only those who are named move."""
        if not outcome.possible:
            yield from self._impossible(outcome)
            return
        yield self._verdict(outcome)
        yield from (f"  {line}" for line in self._moves(outcome.own))

    def best(self, price: MovePrice) -> Iterator[str]:
        """The answer where others may move, told as what it is beside the other one."""
        best = price.best
        if not best.possible:
            yield from self._impossible(best)
            return
        if self.same(price):
            proven = all(level.proven for level in best.levels)
            yield (
                "Ingen annan behöver flyttas, och planen blir inte bättre av det."
                if proven
                else "Ingen bättre plan hittades där andra flyttas; det är inte bevisat att det inte finns någon."
            )
            return
        yield self._verdict(best)
        yield from (f"  {line}" for line in self._moves(best.own))
        if best.others:
            people = len({move.hire for move in best.others})
            yield f"  {count(people, 'annan person får', 'andra personer får')} en annan plats, eller ingen:"
            yield from (f"    {line}" for line in self._moves(best.others))

    def same(self, price: MovePrice) -> bool:
        """Nobody else moves at best either, and nothing is better for it."""
        alone, best = price.alone, price.best
        return alone.possible and best.possible and not best.others and _values(best) == _values(alone)

    def _verdict(self, outcome: MoveOutcome) -> str:
        if outcome.costs_nothing:
            moved = "utom de flyttade platserna är " if outcome.own or outcome.others else ""
            return f"Det går, och kostar inget: {moved}allt {'' if moved else 'är '}som förut."
        first = next(level for level in outcome.levels if level.after != level.before and level.name != Level.CHANGES)
        change = (
            f"{level_name(first.name)}, {level_value(first.name, first.before)} → "
            f"{level_value(first.name, first.after)}"
        )
        if first.after > first.before:
            return f"Det går, men det kostar. Viktigast: {change}."
        return f"Det går, och planen blir bättre. Viktigast: {change}."

    def _impossible(self, outcome: MoveOutcome) -> Iterator[str]:
        if outcome.obstacle is None:
            yield "Ingen sådan plan hittades på den tid som fanns; ge mer med --max-tid."
            return
        yield sentence(f"det går inte. {self.obstacle(outcome.obstacle)}")

    def obstacle(self, found: Obstacle) -> str:
        """The rule that says no, with the seats that stand in the way."""
        return " ".join(part for part in (self._rule(found), self._in_the_way(found)) if part)

    def _rule(self, found: Obstacle) -> str:
        """The rule as a sentence about the round that it closes."""
        own = [(hire, session) for hire, session in found.seats if hire in self._wishes.hires]
        if found.rule is Rule.NOTICE and not self._is_wished(own):
            notice = count(self._problem.settings.notice_days, "dags", "dagars")
            return f"Platser flyttas inte med mindre än {notice} varsel."
        hire, round_ = self._about(found, own)
        programme = self._problem.round_by_id[round_].programme
        about = Requirement(hire=hire, programme=programme, state=State.MISSING, deadline=None, completed_on=None)
        if found.rule is Rule.SEATS:
            return f"{round_} är full."
        return reason(self._problem, about, Reason(round=round_, rule=found.rule))

    def _about(self, found: Obstacle, own: Sequence[tuple[str, str]]) -> tuple[str, str]:
        """The hire, and the round that the rule is about: the one that is wished, unless it is another's."""
        wished = [(wish.hire, wish.round) for wish in self._wishes.moves]
        wished += [(bar.hire, bar.round) for bar in self._wishes.bars]
        if found.round is not None:
            return next((one for one in wished if one[1] == found.round), (wished[0][0], found.round))
        asked = {(hire, self._problem.session_by_id[session].round) for hire, session in own}
        hires = {hire for hire, _ in own}
        return next((one for one in wished if one in asked), None) or next(
            (one for one in wished if one[0] in hires), wished[0]
        )

    def _is_wished(self, seats: Iterable[tuple[str, str]]) -> bool:
        wished = {(wish.hire, wish.round) for wish in self._wishes.moves}
        return any((hire, self._problem.session_by_id[session].round) in wished for hire, session in seats)

    def _in_the_way(self, found: Obstacle) -> str:
        """Seats in other rounds than the wished ones, and whoever sits in those."""
        by_round: dict[str, dict[str, list[str]]] = {}
        for hire, session in found.seats:
            if not self._is_wished([(hire, session)]):
                round_ = self._problem.session_by_id[session].round
                by_round.setdefault(round_, {}).setdefault(hire, []).append(session)
        told = [self._seated(round_, hires) for round_, hires in by_round.items()]
        return f"I vägen: {'; '.join(told)}." if told else ""

    def _seated(self, round_: str, hires: Mapping[str, Sequence[str]]) -> str:
        days = sorted({self._problem.session_by_id[s].day for sessions in hires.values() for s in sessions})
        when = f"{round_} ({listed(short_day(d) for d in days[:_NAMED])}{' …' if len(days) > _NAMED else ''})"
        names = [self._names.get(hire, hire) for hire in sorted(hires)]
        more = len(names) - _NAMED
        who = listed([*names[:_NAMED], f"{more} till"] if more > 0 else names)
        return f"{who} med plats i {when}" if len(names) == 1 else f"{len(names)} personer med plats i {when}: {who}"

    def _moves(self, moves: Iterable[SeatMove]) -> Iterator[str]:
        """A line for each programme of each hire, where its modules move alike; else a line a module."""
        for (hire, programme), rows in groupby(moves, key=lambda move: (move.hire, move.programme)):
            for (before, after, level), alike in groupby(rows, key=lambda move: (move.before, move.after, move.level)):
                modules = [move.module for move in alike]
                yield (
                    f"{self._names.get(hire, hire)}, {self._part(programme, modules)}: "
                    f"{self._place(before, modules)} → {self._place(after, modules)}{_why(level)}"
                )

    def _part(self, programme: str, modules: Sequence[int]) -> str:
        known = self._problem.programme_by_id[programme]
        if len(modules) == len(known.modules):
            return known.name
        return f"{known.name}, moment {listed(map(str, modules))}"

    def _place(self, round_: str | None, modules: Sequence[int]) -> str:
        if round_ is None:
            return "ingen plats"
        meetings = self._problem.meetings
        days = [s.day for module in modules for s in meetings.get((round_, module), ())]
        return f"{round_} (från {day(min(days))})" if days else round_


def _why(level: Level | None) -> str:
    return f" (annars blir det så att {level.words.cost})" if level else ""


def _values(outcome: MoveOutcome) -> Sequence[int]:
    return [level.after for level in outcome.levels]


def level_rows(outcome: MoveOutcome) -> Sequence[tuple[str, str, str, str]]:
    """Name, before, after and proof of each level that is another than before."""
    return [
        (level_name(row.name), level_value(row.name, row.before), level_value(row.name, row.after), _proof(row))
        for row in outcome.levels
        if row.after != row.before
    ]


def _proof(row: LevelCost) -> str:
    return "bevisat" if row.proven else "inte bevisat"


def unproven(outcome: MoveOutcome) -> Sequence[str]:
    """Names of the levels of which it is not proven that no plan is better."""
    return [level_name(row.name) for row in outcome.levels if not row.proven]
