"""Possible years: who starts when, drawn by chance from what is expected, as numbers of hires of each profile."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from models.problem import Forecast, Hire
from scheduler.dimensioning.chance import Stream, counts, shares
from scheduler.dimensioning.forecast import Cell

Year = tuple[tuple[int, int], ...]
"""(profile, number of hires of it), by profile; those known already are not among them."""


@dataclass(frozen=True)
class Drawing:
    """A cell with the thresholds by which it is drawn; ``first`` is the profile of its first row and day."""

    cell: Cell
    number: tuple[int, ...]
    row: tuple[int, ...]
    first: int

    def starts(self, stream: Stream) -> list[int]:
        """The profiles of those who start."""
        days = len(self.cell.days)
        return [self.first + stream.by(self.row) * days + stream.below(days) for _ in range(stream.by(self.number))]


class Years:
    """All possible years of a forecast. A profile is a kind of
    hire who starts on a certain day in a certain administration.
    """

    def __init__(self, cells: Sequence[Cell], seed: int) -> None:
        self._seed = seed
        self.cells = tuple(cells)
        self._drawings: list[Drawing] = []
        first = 0
        for cell in cells:
            row = shares([row.expected for row in cell.rows])
            self._drawings.append(Drawing(cell, counts(cell.expected, cell.dispersion), row, first))
            first += len(cell.rows) * len(cell.days)

    def year(self, number: int) -> Year:
        """Scenario ``number``: the same whatever is decided about rounds."""
        stream = Stream(self._seed, number)
        drawn = Counter(profile for drawing in self._drawings for profile in drawing.starts(stream))
        return tuple(sorted(drawn.items()))

    @cached_property
    def profiles(self) -> tuple[Hire, ...]:
        """A hire of each profile, with the profile's number as id; no name, since she does not exist."""
        kinds = ((cell, row, day) for cell in self.cells for row in cell.rows for day in cell.days)
        return tuple(_hire(number, cell, row, day) for number, (cell, row, day) in enumerate(kinds))


def copies(profile: Hire, number: int) -> tuple[Hire, ...]:
    """So many hires of a profile."""
    return tuple(profile.model_copy(update={"id": f"{profile.id}-{one}"}) for one in range(number))


def _hire(number: int, cell: Cell, row: Forecast, day: date) -> Hire:
    cases = None if row.cases_after_days is None else day + timedelta(days=row.cases_after_days)
    return Hire(
        id=f"~{number}",
        name=f"~{number}",
        organisation=cell.organisation,
        starts=day,
        caseload_start=cases,
        weekdays=row.weekdays,
        experienced=row.experienced,
        target_groups=row.target_groups,
    )
