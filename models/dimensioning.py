"""What a dimensioning finds, and how sure it is (docs/spec/DIMENSION.md)."""

from __future__ import annotations

from datetime import date

from models.base import Frozen

CONFIDENCE = 95
"""Percent, of every interval and of the proof."""


class Figures(Frozen):
    """How a choice of rounds fared in so many possible years, of which ``good`` reach the goal.

    ``share`` is the mean share on time; the intervals hold with 95 %
    confidence. ``unproven``: years whose plan is not proven the best.
    """

    scenarios: int
    good: int
    share: float
    share_low: float
    share_high: float
    probability_low: float
    probability_high: float
    unproven: int = 0

    @property
    def probability(self) -> float:
        """Of a good year."""
        return self.good / self.scenarios


class Difference(Frozen):
    """The mean difference of two choices' shares, year by year on the same years, and its 95 % interval."""

    mean: float
    low: float
    high: float


class Choice(Frozen):
    """Candidates that are chosen, by id, what they cost, and how they fared.

    ``figures`` is None where no time was left to try them;
    ``beside_winner`` is the share less that of the winner, None for itself.
    """

    chosen: tuple[str, ...]
    cost: int
    figures: Figures | None
    beside_winner: Difference | None = None


class GroupShare(Frozen):
    """The mean share on time of a programme or an administration, over the years in which it has anybody to count."""

    id: str
    share: float
    years: int


class MonthShare(Frozen):
    """Weight of the requirements of those who start in a month, on time and in all, over all years."""

    month: date
    on_time: int
    counted: int


class SeatsLeft(Frozen):
    """Seats of a round that is held, how many are used on average, and in nine years of ten at most."""

    round: str
    seats: int
    used: float
    used_at_most: int


class Dimensioning(Frozen):
    """All of it.

    ``goal`` and ``wanted`` are the share that a good year has, and the part of the years that must be good. ``winner``
    is evaluated on scenarios that nothing was chosen on, ``as_known`` is the same choice as things become known.
    ``bound`` is what no sufficient choice is cheaper than with 95 % confidence, None where none was reached;
    ``impossible`` says that with this confidence no choice suffices. ``priced``: the candidates have costs of their
    own. ``outside`` of ``expected`` starts are beyond the horizon.
    """

    complete: bool
    goal: float
    wanted: float
    seed: int
    priced: bool
    winner: Choice
    sufficient: bool
    as_known: Figures | None
    bound: int | None
    impossible: bool
    proven_on: int
    chosen_on: int
    tried_on: int
    by_rounds: tuple[Choice, ...]
    by_programme: tuple[GroupShare, ...]
    by_organisation: tuple[GroupShare, ...]
    by_month: tuple[MonthShare, ...]
    seats: tuple[SeatsLeft, ...]
    expected: float
    outside: float

    @property
    def leading(self) -> Figures | None:
        """The lower of the two figures of the winner: with all known at once, and as it becomes known."""
        found = [f for f in (self.winner.figures, self.as_known) if f is not None]
        return min(found, key=lambda f: f.share, default=None)
