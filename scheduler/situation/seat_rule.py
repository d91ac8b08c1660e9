"""What the file of a rule of one seat declares."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from models.ids import Rule
from models.problem import TermProblem
from scheduler.situation.seat import Seat
from scheduler.situation.settled import History

Forbids = Callable[[Seat], bool]
OF_A_DAY = frozenset({"absences", "session.day"})
"""What a rule may read, beside fields of the hire, whose answer is the same for all meetings of one day."""


@dataclass(frozen=True)
class SeatRule:
    """A rule of one seat: its id, what it ``reads``, and how it is made ready for a problem.

    ``reads`` names what it looks at in a seat: ``hire.<field>``, ``absences``, ``barred``, ``programme.<field>``,
    ``round.<field>``, ``session.<field>``. Who is asked once for all who are alike, and which answers hold for a whole
    day, follows from that. ``lasting``: it makes a published seat impossible when the input changes (MODEL.md rule 7).
    """

    rule: Rule
    reads: frozenset[str]
    ready_for: Callable[[TermProblem, History], Forbids]
    lasting: bool = True

    @property
    def of_a_day(self) -> bool:
        """Its answer is the same for all meetings of one day."""
        return all(name in OF_A_DAY or name.startswith("hire.") for name in self.reads)


def always(forbids: Forbids) -> Callable[[TermProblem, History], Forbids]:
    """Makes ready a rule that needs nothing but the seat."""
    return lambda problem, history: forbids
