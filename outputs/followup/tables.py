"""The tables of a follow-up, the same in workbook and report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from outputs.followup.figures import NOBODY, FollowUp, Group
from outputs.followup.words import (
    CROSSED_MEANS,
    HIDDEN,
    SEAT_TITLES,
    SHARE_TITLES,
    cells,
    crossed_cell,
    not_shown,
    seat_cells,
)
from outputs.page.tables import Cell, Table


def tables(found: FollowUp) -> tuple[Table, ...]:
    """In the order in which a manager asks."""
    runs: list[_Line] = [((run.term,), seat_cells(run.seats)) for run in found.runs]
    if len(runs) > 1:
        runs.append((("Alla",), seat_cells(found.run_total)))
    programmes = [(group.names, seat_cells(group.seats)) for group in found.programmes]
    return (
        _shares("forvaltningar", "Förvaltningar", ("Förvaltning",), [*found.organisations, found.total]),
        *_crossed(found),
        _shares("enheter", "Enheter", ("Förvaltning", "Enhet"), found.units),
        _shares("utbildningar", "Utbildningar", ("Utbildning",), found.programmes),
        _shares("starttermin", "Termin då de började", ("Termin",), found.start_terms),
        _shares("startmanad", "Månad då de började", ("Termin", "Månad"), found.start_months),
        _table("platser", "Platser per termin", ("Termin",), SEAT_TITLES, runs),
        _table("platser-utbildning", "Platser per utbildning", ("Utbildning",), SEAT_TITLES, programmes),
    )


def _crossed(found: FollowUp) -> Iterator[Table]:
    """Each administration's share by term of start, where there are several terms."""
    if len(found.start_terms) > 1:
        terms = [group.key[0] for group in found.start_terms]
        shown = {group.key: group for group in found.crossed if not group.hidden}
        listed = {group.key for group in found.crossed}

        def cell(own: str, term: str) -> str:
            if (own, term) in shown:
                return crossed_cell(shown[own, term])
            # Where nothing of a row or a column is shown, nobody learns in which of its cells there is anybody.
            told = any(key[0] == own for key in shown) and any(key[1] == term for key in shown)
            return crossed_cell(None) if told and (own, term) not in listed else HIDDEN

        rows = [
            (*own.names, *(cell(own.key[0], term) for term in terms), crossed_cell(own)) for own in found.organisations
        ]
        rows.append(("Alla", *(crossed_cell(group) for group in found.start_terms), crossed_cell(found.total)))
        titles = (*(group.names[0] for group in found.start_terms), "Alla terminer")
        yield Table(
            "forvaltning-termin", "Förvaltningar per starttermin", ("Förvaltning",), titles, tuple(rows), CROSSED_MEANS
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
