"""Sheet ``Inställningar``: what the plan was made from, so that a printed copy can be told from another."""

from __future__ import annotations

from typing import Any

from columns.kinds import Day, HalfSteps, Hours, Setting, Weekdays, Whole
from columns.settings import SETTINGS
from columns.writing import cell_of, shown
from models.problem import TermProblem
from outputs import words
from outputs.figures import Figures
from outputs.sheets.book import Book, Cell, Column

COLUMNS = (Column("Inställning", 44), Column("Värde", 50, "wrap"), Column("Förklaring", 70, "wrap"))


def add(book: Book, figures: Figures) -> None:
    """Write the sheet."""
    sheet = book.sheet("Inställningar", "Inställningar", "Det som planen är gjord av.")
    rows = [*_plan(figures), *_settings(figures.problem), *_closed(figures.problem)]
    book.main_table(sheet, "Inställningar", COLUMNS, rows, empty="")


def _plan(figures: Figures) -> list[list[Cell]]:
    plan = figures.plan
    return [
        ["Plan nummer", str(plan.plan_number), "Höjs med ett för varje omplanering."],
        ["Planeringsdag", words.day(plan.planning_date), "Dagen som planen räknar ifrån."],
        [
            "Frö (--seed)",
            str(plan.seed),
            "Ett tal som väljer mellan planer som är precis lika bra. Samma indata, tillval och frö ger samma plan.",
        ],
        ["Indata (SHA-256)", plan.input_sha256, "Planens underlag; två planer med samma tal har samma underlag."],
    ]


def _settings(problem: TermProblem) -> list[list[Cell]]:
    return [
        [setting.key, _shown(setting, getattr(problem.settings, setting.field)), setting.in_plan]
        for setting in SETTINGS
        if setting.in_plan is not None
    ]


def _shown(setting: Setting, value: Any) -> Cell:  # noqa: ANN401  # the kind of the setting tells the type
    match setting.kind:
        case Day():
            return words.day(value)
        case Weekdays():
            return words.weekday_list(value)
        case Whole():
            return f"{value}{setting.unit}"
        case HalfSteps() | Hours():
            return shown(cell_of(setting.kind, value))
    return None if value is None else str(value)


def _closed(problem: TermProblem) -> list[list[Cell]]:
    breaks: list[list[Cell]] = []
    for b in problem.breaks:
        where = words.listed(problem.organisation_by_id[o].name for o in b.organisations) or "Alla förvaltningar"
        breaks.append([f"lov: {b.name}", words.span(b.first, b.last), where])
    holidays: list[list[Cell]] = [[f"helgdag: {h.name}", words.day(h.day), ""] for h in problem.holidays]
    return breaks + holidays
