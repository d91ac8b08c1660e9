"""Sheet ``Personer``: a row for every requirement."""

from __future__ import annotations

from models.plan import Requirement
from outputs import words
from outputs.figures import Figures, days_to_done
from outputs.sheets.book import Book, Cell, Column
from outputs.tasks.company import Company

COLUMNS = (
    Column("Namn", 24, "wrap"),
    Column("Id", 10),
    Column("Förvaltning", 28, "wrap"),
    Column("Enhet", 22, "wrap"),
    Column("Anställd från", 12, "date"),
    Column("Ärenden från", 12, "date"),
    Column("Utbildning", 26, "wrap"),
    Column("Läge", 13, "label"),
    Column("Frist", 12, "date"),
    Column("Klar", 12, "date"),
    Column("Dagar till klar", 9, "int"),
    Column("Omgångar", 18, "wrap"),
    Column("Kursdagar", 34, "wrap"),
    Column("Ej bekräftade dagar", 22, "wrap"),
    Column("För hand", 24, "wrap"),
)


MENTOR = Column("Mentor", 24, "wrap")
"""Behind the others, where the input has mentors."""


def add(book: Book, figures: Figures) -> None:
    """Write the sheet, by name and programme."""
    sheet = book.sheet(
        "Personer", "Personer", "En rad för varje utbildning som en person ska gå. Filtrera på läge eller förvaltning."
    )
    order = {hire: n for n, hire in enumerate(figures.by_name(h.id for h in figures.problem.hires))}
    requirements = sorted(figures.plan.requirements, key=lambda r: (order[r.hire], r.programme))
    rows = [_row(figures, r) for r in requirements]
    columns: tuple[Column, ...] = COLUMNS
    if figures.problem.mentors:
        company = Company(figures.problem, figures.plan)
        columns = (*COLUMNS, MENTOR)
        rows = [[*row, company.mentor_in_words(r.hire)] for row, r in zip(rows, requirements, strict=True)]
    book.main_table(sheet, "Personer", columns, rows, empty="Ingen ska utbildas.")


def _row(figures: Figures, requirement: Requirement) -> list[Cell]:
    problem = figures.problem
    hire = problem.hire_by_id[requirement.hire]
    seats = figures.seats.get((requirement.hire, requirement.programme), ())
    rounds = dict.fromkeys(s.round for s in seats)
    days = dict.fromkeys(s.start.date() for s in seats)
    completed = requirement.completed_on
    return [
        hire.name,
        hire.id,
        problem.organisation_by_id[hire.organisation].name,
        hire.unit,
        hire.starts,
        hire.caseload_start,
        problem.programme_by_id[requirement.programme].name,
        words.STATES[requirement.state],
        requirement.deadline,
        completed,
        days_to_done(figures.problem, requirement),
        ", ".join(rounds),
        ", ".join(words.short_day(d) for d in days),
        ", ".join(words.short_day(d) for d in dict.fromkeys(s.start.date() for s in seats if s.unconfirmed)),
        hand.note if (hand := figures.by_hand.get((requirement.hire, requirement.programme))) else None,
    ]
