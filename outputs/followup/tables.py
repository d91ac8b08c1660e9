"""The tables of a follow-up, the same in workbook and report."""

from __future__ import annotations

from collections.abc import Sequence

from outputs.followup.figures import NOBODY, FollowUp, Group
from outputs.followup.words import SEAT_TITLES, SHARE_TITLES, cells, not_shown, seat_cells
from outputs.page.tables import Cell, Table


def tables(found: FollowUp) -> tuple[Table, ...]:
    """In the order in which a manager asks."""
    runs: list[_Line] = [((run.term,), seat_cells(run.seats)) for run in found.runs]
    if len(runs) > 1:
        runs.append((("Alla",), seat_cells(found.run_total)))
    programmes = [(group.names, seat_cells(group.seats)) for group in found.programmes]
    return (
        _shares("forvaltningar", "Förvaltningar", ("Förvaltning",), [*found.organisations, found.total]),
        _shares("enheter", "Enheter", ("Förvaltning", "Enhet"), found.units),
        _shares("utbildningar", "Utbildningar", ("Utbildning",), found.programmes),
        _shares("starttermin", "Termin då de började", ("Termin",), found.start_terms),
        _shares("startmanad", "Månad då de började", ("Termin", "Månad"), found.start_months),
        _table("platser", "Platser per termin", ("Termin",), SEAT_TITLES, runs),
        _table("platser-utbildning", "Platser per utbildning", ("Utbildning",), SEAT_TITLES, programmes),
    )


_Line = tuple[tuple[str, ...], tuple[Cell, ...]]
"""What stands first in a row, and its figures, none where they are hidden."""


def _shares(anchor: str, title: str, first: tuple[str, ...], groups: Sequence[Group]) -> Table:
    lines = [(group.names, cells(group)) for group in groups if group.share != NOBODY]
    return _table(anchor, title, first, SHARE_TITLES, lines)


def _table(anchor: str, title: str, first: tuple[str, ...], others: tuple[str, ...], lines: Sequence[_Line]) -> Table:
    rows = tuple(names + figures for names, figures in lines if figures)
    hidden = not_shown([", ".join(names) for names, figures in lines if not figures])
    return Table(anchor, title, first, others, rows, hidden)
