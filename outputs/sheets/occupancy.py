"""Sheet ``Beläggning``: the seats of every session."""

from __future__ import annotations

from models.ids import RoundStatus
from models.problem import Session
from outputs import words
from outputs.figures import Figures, RoundLoad
from outputs.sheets.book import Book, Cell, Column

COLUMNS = (
    Column("Omgång", 16),
    Column("Utbildning", 24, "wrap"),
    Column("Moment", 26, "wrap"),
    Column("Datum", 12, "date"),
    Column("Dag", 6),
    Column("Start", 8, "time"),
    Column("Slut", 8, "time"),
    Column("Plats", 26, "wrap"),
    Column("Lokal", 16, "wrap"),
    Column("Platser", 9, "int"),
    Column("Deltagare", 11, "int"),
    Column("Lediga", 9, "int"),
    Column("Andel", 14, "percent"),
    Column("Beläggning", 15, "label"),
)
SHARE = 12


def add(book: Book, figures: Figures) -> None:
    """Write the sheet, in date order, with a bar for the share of seats taken."""
    sheet = book.sheet(
        "Beläggning", "Beläggning", "En rad för varje tillfälle: platser, deltagare och hur fullt det är."
    )
    rows = [(s, taken, load) for load in figures.rounds for s, taken in zip(load.sessions, load.taken, strict=True)]
    rows.sort(key=lambda row: (row[0].day, row[0].start, row[0].id))
    cells = [_row(figures, load, session, taken) for session, taken, load in rows]
    book.main_table(sheet, "Beläggning", COLUMNS, cells, empty="Inga tillfällen.")
    if cells:
        # Not the solid bars of Excel 2010: they are an extension that other programs drop with a warning.
        ends = {"min_type": "num", "min_value": 0, "max_type": "num", "max_value": 1}
        bar = {"type": "data_bar", "bar_color": "#8FB8DE"} | ends
        sheet.conditional_format(4, SHARE, 3 + len(cells), SHARE, bar)


def _row(figures: Figures, load: RoundLoad, session: Session, taken: int) -> list[Cell]:
    problem = figures.problem
    programme = problem.programme_by_id[load.round.programme]
    names = {m.number: m.name for m in programme.modules}
    return [
        load.round.id,
        programme.name,
        f"{session.module} {names.get(session.module, '')}".rstrip(),
        session.day,
        words.WEEKDAYS[session.day.weekday()],
        session.start,
        session.end,
        session.place,
        session.room,
        session.seats,
        taken,
        max(0, session.seats - taken),
        taken / session.seats if session.seats else None,
        label(load, session, taken),
    ]


def label(load: RoundLoad, session: Session, taken: int) -> str:
    """How full the session is, or that it is not held."""
    if session.cancelled or load.round.status is RoundStatus.CANCELLED:
        return "Inställd"
    if not load.runs:
        return "Öppnas inte"
    return words.occupancy(taken, session.seats)
