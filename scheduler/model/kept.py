"""Promises that stand: rules give way to published seats, so that a re-plan always exists (MODEL.md rule 7)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field

from models.ids import Rule
from scheduler.linear.model import Linear, LinearModel, Values, nothing, total
from scheduler.linear.rows import ROWS_A_LOOK, Row
from scheduler.seats.candidates import Candidate
from scheduler.seats.variables import Variables
from scheduler.situation.requirements import Need


@dataclass(frozen=True)
class Stay:
    """The published seats of one requirement, to which rules may give way.

    ``must`` are those of the plan that keeps just what is promised. To ``seats`` rules give
    way: always where ``firm``, else as long as one of ``inside`` stays, which lie inside
    the notice window, or where the requirement with a missed module is not ``booked``.
    """

    seats: tuple[Candidate, ...]
    must: tuple[Candidate, ...]
    inside: tuple[Candidate, ...]
    firm: bool
    booked: Linear | None

    def answering(self) -> Iterable[tuple[Candidate, Linear]]:
        """Seats that may come to answer for every rule like a new one: the expression is then 1, and never more."""
        if self.firm:
            return
        for seat in self.seats:
            if seat not in self.inside:
                free = total([seat.variable]).add(total(c.variable for c in self.inside), -1)
                if self.booked is not None:
                    free.add(self.booked).add(Linear(constant=-1))
                yield seat, free


@dataclass
class Kept:
    """What stands in a whole model: the promises, and the rows that gave way to them as they were before."""

    stays: list[Stay] = field(default_factory=list)
    gave_way: tuple[Row, ...] = ()

    @property
    def promised(self) -> list[int]:
        """The variables of the plan that keeps just what is promised."""
        return [c.variable for stay in self.stays for c in stay.must]


def keep_promises(variables: Variables, look: Callable[[], None] = nothing) -> Kept:
    """Pin what stands inside the notice window; where it and the rest
    of its requirements break a rule, let the rule give way to them.

    The assignment of promised seats and nothing else satisfies every row afterwards, so that a re-plan always exists.
    ``look`` is called now and then; what it raises ends that.
    """
    kept = Kept([stay for need in variables.needs if (stay := _stay(variables, need))])
    if kept.stays:
        kept.gave_way = _rows_give_way(variables, kept, look)
    return kept


def _stay(variables: Variables, need: Need) -> Stay | None:
    promises = variables.promises
    if not promises.published(need):
        return None
    found = [
        (block, candidate)
        for block in need.blocks
        if (candidate := promises.promised_candidate(need, block, variables.of_block(need, block)))
        and promises.was_published(need, candidate)
    ]
    own = tuple(candidate for _, candidate in found)
    plain = promises.may_be_plain(need)
    inside = tuple(c for c in own if promises.within_notice(need, c))
    must: tuple[Candidate, ...] = ()
    if promises.sheltered(need) or (plain and promises.must_stay(need)):
        must = tuple(c for block, c in found if not (plain and block.retake) or promises.pinned(need, block))
    if not must and not inside and not plain:
        return None
    booked = variables.booked(need) if plain and need.missed else None
    return Stay(own, must, inside, any(is_pinned(variables, c) for c in own), booked)


def is_pinned(variables: Variables, candidate: Candidate) -> bool:
    """It holds a published seat that may not go."""
    return candidate.offer.round.id in variables.promises.pinned(candidate.need, candidate.block)


def _rows_give_way(variables: Variables, kept: Kept, look: Callable[[], None]) -> tuple[Row, ...]:
    """Loosen the rows that promises break, and pin what must stay; returns those rows as they were."""
    linear_model = variables.linear_model
    promised = linear_model.complete(kept.promised, look)
    at_most = linear_model.complete((c.variable for stay in kept.stays for c in stay.seats), look)
    bound, maybe = _rounds_that_run(variables, kept)
    small, broken = dict[int, Row](), dict[int, Row]()
    for place, row in enumerate(linear_model.rows):
        if place % ROWS_A_LOOK == 0:
            look()
        if row.rule is Rule.MIN_PARTICIPANTS and row.round in {*bound, *maybe}:
            small[place] = row
        elif row.rule not in (None, Rule.GIVEN) and _most(row, promised, at_most) > row.high:
            broken[place] = row
    for place, row in small.items():
        _let_run(linear_model, place, () if row.round in bound else maybe[row.round or ""])
    answering = [pair for stay in kept.stays for pair in stay.answering()]
    for place in broken:
        _give_way(linear_model, place, (promised, at_most), answering)
    for stay in kept.stays:
        for candidate in stay.must:
            if is_pinned(variables, candidate):
                linear_model.at_most(total([candidate.variable], -1), -1)
    return (*broken.values(), *small.values())


def _rounds_that_run(variables: Variables, kept: Kept) -> tuple[Collection[str], Mapping[str, list[int]]]:
    """Rounds with seats that may not go; and those with seats inside the window that may, with their variables."""
    bound = {c.offer.round.id for stay in kept.stays for c in stay.must if is_pinned(variables, c)}
    maybe: dict[str, list[int]] = defaultdict(list)
    for stay in kept.stays:
        for candidate in stay.inside:
            maybe[candidate.offer.round.id].append(candidate.variable)
    return bound, maybe


def _let_run(linear_model: LinearModel, place: int, staying: Collection[int]) -> None:
    """Who stays in a round makes it run, however few they are
    in the end; without any who may stay it is they who must.
    """
    row = linear_model.rows[place]
    most = max(row.coefs)
    if staying:
        strict = Linear(list(row.variables), list(row.coefs)).add(total(staying, -most))
        linear_model.at_most(strict, row.high, row.rule, row.round)
    linear_model.rows.loosen(place, most)


def _most(row: Row, promised: Values, at_most: Values) -> int:
    """The row's sum is no more than this, whichever of the seats that need not stay do."""
    pairs = zip(row.variables, row.coefs, strict=True)
    return sum(max(coef * promised[v], coef * at_most[v]) for v, coef in pairs)


def _give_way(
    linear_model: LinearModel, place: int, between: tuple[Values, Values], answering: Iterable[tuple[Candidate, Linear]]
) -> None:
    """The row may be broken as far as the promises break it, by them alone: with anybody else it holds as it was."""
    row = linear_model.rows[place]
    broken_to, (promised, at_most) = _most(row, *between), between
    strict = [total([v]) for v in row.variables if not promised[v] and not at_most[v] and linear_model.high[v] == 1]
    decisions = linear_model.support(row.variables)
    strict += [free for candidate, free in answering if candidate.variable in decisions]
    for free in strict:
        held = Linear().add(free, broken_to - row.high).add(Linear(list(row.variables), list(row.coefs)))
        linear_model.at_most(held, broken_to, row.rule, row.round)
    linear_model.rows.loosen(place, broken_to)
