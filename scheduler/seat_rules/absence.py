"""Rule 5 ``frånvaro``: not during an absence, both days included. Hard."""

from collections.abc import Sequence
from datetime import date

from models.problem import Absence


def forbids(day: date, absences: Sequence[Absence]) -> bool:
    """She is away that day."""
    return any(row.first <= day <= row.last for row in absences)
