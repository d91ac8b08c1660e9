"""Sheet ``Ej i tid``: who has no seat, is late, leaves or waits, why, and what would help."""

from __future__ import annotations

from collections.abc import Sequence

from models.plan import Requirement
from outputs import words
from outputs.figures import Figures
from outputs.sheets.book import Book, Cell, Column

COLUMNS = (
    Column("Namn", 22, "wrap"),
    Column("Förvaltning", 26, "wrap"),
    Column("Enhet", 20, "wrap"),
    Column("Utbildning", 20, "wrap"),
    Column("Läge", 13, "label"),
    Column("Frist", 12, "date"),
    Column("Klar", 12, "date"),
    Column("Varför inte någon annan omgång", 62, "wrap"),
    Column("Vad som skulle hjälpa", 44, "wrap"),
)
# A row in Excel is at most 409 points high: what is below that could not be read.
MOST_LINES = 12


def add(book: Book, figures: Figures) -> None:
    """Write the sheet: missing, late, overdue parts taken alone, then those of hires who leave, then waiting."""
    note = "Saknar plats och försenade först. De som väntar är inte för sena: deras frist går ut efter terminen."
    sheet = book.sheet("Ej i tid", "Ej i tid", note)
    rows = [_row(figures, r) for r in _listed(figures)]
    book.main_table(sheet, "Ej_i_tid", COLUMNS, rows, empty="Alla blir klara i tid, och ingen väntar.")


def _listed(figures: Figures) -> tuple[Requirement, ...]:
    return (*figures.not_on_time, *figures.on_own_late, *figures.leaving, *figures.waiting)


def _row(figures: Figures, requirement: Requirement) -> list[Cell]:
    problem = figures.problem
    hire = problem.hire_by_id[requirement.hire]
    return [
        figures.names[hire.id],
        problem.organisation_by_id[hire.organisation].name,
        hire.unit,
        problem.programme_by_id[requirement.programme].name,
        words.STATES[requirement.state],
        requirement.deadline,
        requirement.completed_on,
        _lines(figures, figures.reasons.of(requirement)),
        _lines(
            figures,
            [
                words.sentence(words.suggestion(problem, requirement, s, figures.told_gain(requirement, s)))
                for s in requirement.suggestions
            ],
        ),
    ]


def _lines(figures: Figures, sentences: Sequence[str]) -> str:
    shown = list(sentences[:MOST_LINES])
    if len(sentences) > len(shown):
        ask = "fråga samordnaren" if figures.own_part else "kör terminsplan orsak"
        shown.append(f"… och {len(sentences) - len(shown)} till; {ask}.")
    return "\n".join(shown)
