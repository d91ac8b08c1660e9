"""Moving somebody by hand: what is wished, and what it costs
(MODEL.md, "Moving somebody by hand, and what it costs").
"""

from __future__ import annotations

from models.base import Frozen
from models.ids import Level, Rule


class MoveWish(Frozen):
    """This hire in this round, with all that remains of the programme there, or with one ``module`` of it."""

    hire: str
    programme: str
    module: int | None = None
    round: str


class BarWish(Frozen):
    """This hire not in that round."""

    hire: str
    round: str


class Wishes(Frozen):
    """All that is wished at once."""

    moves: tuple[MoveWish, ...] = ()
    bars: tuple[BarWish, ...] = ()

    @property
    def hires(self) -> frozenset[str]:
        """Ids of the hires who are named."""
        return frozenset((*(wish.hire for wish in self.moves), *(wish.hire for wish in self.bars)))


class LevelCost(Frozen):
    """A level in the plan as it is and with the wishes; ``proven``:
    no plan of the kind that was asked for is better in it.
    """

    name: Level
    before: int
    after: int
    proven: bool


class SeatMove(Frozen):
    """A module of a hire in another round than before; None where she has no seat for it.

    ``level`` is the first level that would be worse if she had stayed, None where she could not.
    """

    hire: str
    programme: str
    module: int
    before: str | None
    after: str | None
    level: Level | None = None


class Obstacle(Frozen):
    """The rule that says no, and what stands in the way: seats as (hire
    id, session id), and the round that it is about, if it is one.
    """

    rule: Rule
    seats: tuple[tuple[str, str], ...] = ()
    round: str | None = None


class MoveOutcome(Frozen):
    """What the wishes come to. ``own`` are the changed seats of
    the hires who are named, ``others`` those of everybody else.

    Where they cannot be had there are no levels, and ``obstacle`` says why; it is None when no plan was found in time.
    """

    possible: bool
    obstacle: Obstacle | None = None
    levels: tuple[LevelCost, ...] = ()
    own: tuple[SeatMove, ...] = ()
    others: tuple[SeatMove, ...] = ()

    @property
    def costs_nothing(self) -> bool:
        """No level but ``changes`` is another."""
        return self.possible and all(
            level.after == level.before for level in self.levels if level.name != Level.CHANGES
        )


class MovePrice(Frozen):
    """*Alone* only the seats of the hires who are named change; *at
    best* others may move too. ``already`` is so in the plan as it is.
    """

    alone: MoveOutcome
    best: MoveOutcome
    already: Wishes = Wishes()
