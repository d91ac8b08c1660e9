"""Sheet ``Vem går när`` of an administration's own list: a
row for every seat, and for every requirement that has none.
"""

from __future__ import annotations

from collections.abc import Iterator

from models.plan import Booking, Requirement
from models.problem import Hire
from outputs import words
from outputs.figures import Figures
from outputs.sheets.book import Book, Cell, Column
from outputs.teams import Team, seats, teams

COLUMNS = (
    Column("Enhet", 22, "wrap"),
    Column("Chef", 22, "wrap"),
    Column("Namn", 24, "wrap"),
    Column("Id", 9),
    Column("Datum", 12, "date"),
    Column("Dag", 6),
    Column("Tid", 13),
    Column("Utbildning och moment", 34, "wrap"),
    Column("Plats", 28, "wrap"),
    Column("Utbildare", 20, "wrap"),
    Column("Omgång", 14, "wrap"),
    Column("Läge", 14, "label"),
    Column("Platsen", 14),
)


def add(book: Book, figures: Figures) -> None:
    """Write the sheet: by unit, manager and name; each person's seats in time order."""
    note = "En rad för varje plats, och för varje utbildning som saknar plats. Filtrera på enhet, chef eller namn."
    sheet = book.sheet("Vem går när", "Vem går när", note)
    rows = [row for team in teams(figures) for hire in team.hires for row in _rows(figures, team, hire)]
    book.main_table(sheet, "Vem_går_när", COLUMNS, rows, empty="Ingen av era är med i planen.", freeze=3)


def _rows(figures: Figures, team: Team, hire: Hire) -> Iterator[list[Cell]]:
    for requirement, bookings in seats(figures, hire):
        if bookings:
            yield from (_seat(figures, team, hire, requirement, booking) for booking in bookings)
        else:
            programme = words.module_name(figures.problem, requirement.programme, None)
            state = words.STATES[requirement.state]
            yield [team.unit, team.manager, hire.name, hire.id, None, "", "", programme, "", "", "", state, ""]


def _seat(figures: Figures, team: Team, hire: Hire, requirement: Requirement, booking: Booking) -> list[Cell]:
    day = booking.start.date()
    return [
        team.unit,
        team.manager,
        hire.name,
        hire.id,
        day,
        words.WEEKDAYS[day.weekday()],
        words.time_span(booking.start, booking.end),
        words.module_name(figures.problem, booking.programme, booking.module),
        ", ".join(part for part in (booking.place, booking.room) if part),
        words.listed(booking.trainers),
        booking.round,
        words.STATES[requirement.state],
        words.seat_status(booking, figures.plan.planning_date),
    ]
