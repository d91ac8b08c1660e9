"""Sheet ``Ändringar``: every seat that is another since the plan before."""

from __future__ import annotations

from collections.abc import Mapping

from models.change import Change, PlanDiff
from models.plan import Booking
from models.problem import TermProblem
from outputs import words
from outputs.change_groups import employers_of, in_order_of_names, names_of
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
    names, employers = names_of(figures.problem, diff), employers_of(figures.problem, diff)
    order = {hire: n for n, hire in enumerate(in_order_of_names({c.hire for c in diff.changes}, names))}
    changes = sorted(diff.changes, key=lambda c: (order[c.hire], c.programme, c.module, c.meeting))
    rows = [_row(figures.problem, c, names, employers) for c in changes]
    book.main_table(sheet, "Ändringar", COLUMNS, rows, empty="Ingenting är ändrat sedan förra planen.")


def _row(problem: TermProblem, change: Change, names: Mapping[str, str], employers: Mapping[str, str]) -> list[Cell]:
    return [
        names.get(change.hire, change.hire),
        employers.get(change.hire, ""),
        words.CHANGE_KINDS[change.kind],
        words.module_name(problem, change.programme, change.module),
        *_seat(change.before),
        *_seat(change.after),
        words.change_note(change, names, problem),
    ]


def _seat(booking: Booking | None) -> tuple[Cell, Cell]:
    if booking is None:
        return None, ""
    return booking.start.date(), words.seat(booking)
