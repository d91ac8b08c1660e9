"""Sheet ``Ändringar``: every seat that is another since the plan before."""

from __future__ import annotations

from collections.abc import Mapping

from models.change import Change, PlanDiff
from models.plan import Booking
from outputs import words
from outputs.figures import Figures
from outputs.sheets.book import Book, Cell, Column

COLUMNS = (
    Column("Namn", 24, "wrap"),
    Column("Förvaltning", 26, "wrap"),
    Column("Ändring", 12, "label"),
    Column("Utbildning och moment", 34, "wrap"),
    Column("Förut dag", 12, "date"),
    Column("Förut", 34, "wrap"),
    Column("Nu dag", 12, "date"),
    Column("Nu", 34, "wrap"),
    Column("Varför eller vad", 40, "wrap"),
)


def add(book: Book, figures: Figures, diff: PlanDiff) -> None:
    """Write the sheet, by name."""
    changed = words.count(len(diff.changes), "plats är ändrad", "platser är ändrade")
    note = f"{changed} sedan förra planen, {words.whole(diff.unchanged)} är som förut."
    sheet = book.sheet("Ändringar", "Ändringar", note)
    order = {hire: n for n, hire in enumerate(figures.by_name({c.hire for c in diff.changes}))}
    changes = sorted(diff.changes, key=lambda c: (order[c.hire], c.programme, c.module, c.meeting))
    names = {h.id: h.name for h in figures.problem.hires}
    rows = [_row(figures, c, names) for c in changes]
    book.main_table(sheet, "Ändringar", COLUMNS, rows, empty="Ingenting är ändrat sedan förra planen.")


def _row(figures: Figures, change: Change, names: Mapping[str, str]) -> list[Cell]:
    problem = figures.problem
    hire = problem.hire_by_id.get(change.hire)
    return [
        words.person(problem, change.hire),
        problem.organisation_by_id[hire.organisation].name if hire else "",
        words.CHANGE_KINDS[change.kind],
        words.module_name(problem, change.programme, change.module),
        *_seat(change.before),
        *_seat(change.after),
        words.change_note(change, names),
    ]


def _seat(booking: Booking | None) -> tuple[Cell, Cell]:
    if booking is None:
        return None, ""
    return booking.start.date(), words.seat(booking)
