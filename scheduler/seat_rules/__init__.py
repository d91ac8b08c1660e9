"""The rules of MODEL.md that close a seat to a hire by themselves, one module each, and their register in the order of reasons.

Each module declares in ``READS`` what it looks at in a seat: ``hire.<field>``, ``absences``, ``programme.<field>``, ``round.<field>``,
``session.<field>``. Who is asked once for all who are alike, and which answers hold for a whole day, follows from that.
``clash`` and ``shared`` close a meeting or a round to everybody, whoever asks: they look at no hire and are asked by themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass

from models.ids import Rule
from models.problem import Absence, Hire, TermProblem
from scheduler.seat_rules import absence, accessible, breaks, closed, earliest, employed, notice, weekday
from scheduler.situation.seat import Seat
from scheduler.situation.settled import History

Forbids = Callable[[Seat], bool]
OF_A_DAY = frozenset({"absences", "session.day"})
"""What a rule may read, beside fields of the hire, whose answer is the same for all meetings of one day."""


@dataclass(frozen=True)
class SeatRule:
    """A rule of one seat: what it ``reads``, and how it is made ready for a problem.

    ``lasting``: it makes a published seat impossible when the input changes (MODEL.md rule 7).
    """

    rule: Rule
    reads: frozenset[str]
    ready_for: Callable[[TermProblem, History], Forbids]
    lasting: bool = True

    @property
    def of_a_day(self) -> bool:
        """Its answer is the same for all meetings of one day."""
        return all(name in OF_A_DAY or name.startswith("hire.") for name in self.reads)


def _always(forbids: Forbids) -> Callable[[TermProblem, History], Forbids]:
    """A rule that needs nothing but the seat."""
    return lambda problem, history: forbids


SEAT_RULES: tuple[SeatRule, ...] = (
    SeatRule(Rule.CLOSED, closed.READS, lambda problem, _: closed.ClosedMeetings(problem).forbids),
    SeatRule(Rule.BREAK, breaks.READS, lambda problem, _: breaks.ClosedDays(problem).forbids),
    SeatRule(Rule.ABSENCE, absence.READS, _always(absence.forbids)),
    SeatRule(Rule.WEEKDAY, weekday.READS, _always(weekday.forbids)),
    SeatRule(Rule.EMPLOYED, employed.READS, _always(employed.forbids)),
    SeatRule(Rule.EARLIEST, earliest.READS, _always(earliest.forbids)),
    SeatRule(Rule.NOTICE, notice.READS, lambda _, history: notice.NoticeWindow(history).forbids, lasting=False),
    SeatRule(Rule.ACCESSIBLE, accessible.READS, _always(accessible.forbids)),
)


def likeness(rules: Iterable[SeatRule]) -> Callable[[Hire, Sequence[Absence]], Hashable]:
    """A key of a hire and her absences that is equal for two hires only if these rules can see no difference between them."""
    reads = sorted({name for rule in rules for name in rule.reads})
    fields = [name.removeprefix("hire.") for name in reads if name.startswith("hire.")]
    with_absences = "absences" in reads

    def key(hire: Hire, absences: Sequence[Absence]) -> Hashable:
        away = tuple((row.first, row.last) for row in absences) if with_absences else ()
        return *(getattr(hire, name) for name in fields), away

    return key
