"""Which tables and columns the readers know (columns/tables.py), in the order in which problems are listed."""

from __future__ import annotations

from dataclasses import dataclass

from columns import tables as registry
from columns.kinds import Table
from inputs.names import fold

# A row whose first column begins with this, in any case of letters, is a worked example and is not read.
EXAMPLE_MARK = "exempel:"


@dataclass(frozen=True)
class TableSpec:
    """A table's columns; ``first`` is the one whose cell marks
    an example. ``closed``: any further column is an error.
    """

    name: str
    first: str
    required: tuple[str, ...]
    optional: tuple[str, ...] = ()
    needed: bool = False
    closed: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns, required ones first."""
        return self.required + self.optional


def spec_for(table: Table) -> TableSpec:
    """What must be and may be in a table."""
    required = tuple(c.name for c in table.columns if c.required or c.heading_required)
    optional = tuple(c.name for c in table.columns if c.name not in required)
    first = table.columns[0].name
    return TableSpec(table.name, first, required, optional, needed=table.need == registry.MUST, closed=table.closed)


SETTINGS = spec_for(registry.SETTINGS)
BREAKS = spec_for(registry.BREAKS)
ORGANISATIONS = spec_for(registry.ORGANISATIONS)
PROGRAMMES = spec_for(registry.PROGRAMMES)
MODULES = spec_for(registry.MODULES)
ROUNDS = spec_for(registry.ROUNDS)
SESSIONS = spec_for(registry.SESSIONS)
QUOTAS = spec_for(registry.QUOTAS)
HIRES = spec_for(registry.HIRES)
ABSENCES = spec_for(registry.ABSENCES)
BOOKINGS = spec_for(registry.BOOKINGS)
BARRED = spec_for(registry.BARRED)
ATTENDANCE = spec_for(registry.ATTENDANCE)
TRAINERS = spec_for(registry.TRAINERS)
MENTORS = spec_for(registry.MENTORS)
TASKS = spec_for(registry.TASKS)
FORECAST = spec_for(registry.FORECAST)

TABLES = (
    SETTINGS,
    BREAKS,
    ORGANISATIONS,
    PROGRAMMES,
    MODULES,
    ROUNDS,
    SESSIONS,
    QUOTAS,
    HIRES,
    ABSENCES,
    BOOKINGS,
    BARRED,
    ATTENDANCE,
    TRAINERS,
    MENTORS,
    TASKS,
    FORECAST,
)
TABLE_BY_FOLDED_NAME = {fold(spec.name): spec for spec in TABLES}
