"""Modules of one requirement in time: what is held, what a candidate
would add, and which modules are neighbours (MODEL.md rule 10).
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from models.problem import Session
from scheduler.situation.offers import Offer
from scheduler.situation.requirements import Need


@dataclass(frozen=True)
class Span:
    """The dates of one module's first and last meeting in a round."""

    module: int
    first: date
    last: date
    round: str

    @property
    def place(self) -> tuple[date, date, int]:
        """Where it stands in date order."""
        return self.first, self.last, self.module


def spans(sessions: Iterable[Session]) -> tuple[Span, ...]:
    """One span a module, in number order."""
    found: dict[int, list[Session]] = {}
    for session in sessions:
        found.setdefault(session.module, []).append(session)
    return tuple(
        Span(module, min(s.day for s in own), max(s.day for s in own), own[-1].round)
        for module, own in sorted(found.items())
    )


def held_spans(need: Need) -> tuple[Span, ...]:
    """Modules that she sat through, with a seat or without; one that
    was missed stays free of rule 10 when it has been taken again.
    """
    rounds, missed = dict(need.held), _ever_missed(need)
    last_attended = {s.module: s.round for s in need.attended if s.module not in rounds}
    held = (s for s in need.facts if rounds.get(s.module) == s.round)
    attended = (s for s in need.attended if last_attended.get(s.module) == s.round)
    return spans(s for s in (*held, *attended) if s.module not in missed)


def booked_spans(need: Need, offer: Offer) -> tuple[Span, ...]:
    """Modules as they lie when the offer is booked, with the meetings of them already held there."""
    modules = {s.module for s in offer.sessions}
    held = (s for s in need.facts if s.round == offer.round.id and s.module in modules)
    return spans((*held, *offer.sessions))


def neighbours(need: Need, modules: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Pairs that follow each other in number order; a missed module
    between them breaks the chain, one without a date does not.
    """
    missed = _ever_missed(need)
    chain = sorted({*modules, *missed})
    for one, other in itertools.pairwise(chain):
        if one not in missed and other not in missed:
            yield one, other


def day_missed_between(need: Need, one: Span, other: Span) -> bool:
    """A module was missed on a date between the two (``one`` before ``other``): no distance is asked across it."""
    return any(
        (one.first, one.last, one.module) < (day, day, module) < (other.first, other.last, other.module)
        for module, day in need.ever_missed
    )


def same_cohort_round(need: Need, one: Span, other: Span) -> bool:
    """Both lie in one round of a cohort, which may break its own order (a warning about the input)."""
    return need.programme.cohort and one.round == other.round


def has_distances(need: Need) -> bool:
    """Its programme asks for days between modules."""
    return need.programme.min_gap_days > 0 or need.programme.max_gap_days is not None


def too_early(need: Need, one: Span, other: Span) -> bool:
    """Fewer than ``dagar_mellan`` days from the end of one to the beginning of the other."""
    return (other.first - one.last).days < need.programme.min_gap_days


def too_late(need: Need, one: Span, other: Span) -> bool:
    """More than ``högst_dagar_mellan`` days from the end of one to
    the beginning of the other, neither held in a round she has left.
    """
    most = need.programme.max_gap_days
    return most is not None and (other.first - one.last).days > most and not across_move(need, one, other)


def across_move(need: Need, one: Span, other: Span) -> bool:
    """One of them was held in a round that is not open to her any
    more: no most days are asked between it and what is booked.
    """
    return bool(need.left) and bool(need.left & {(one.module, one.round), (other.module, other.round)})


def in_date_order(parts: Sequence[Span]) -> list[Span]:
    """By first date, ties by last date and number."""
    return sorted(parts, key=lambda span: span.place)


def _ever_missed(need: Need) -> set[int]:
    return {module for module, _ in need.ever_missed}
