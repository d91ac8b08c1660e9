"""plan.xlsx: the plan as a workbook for coordinators and
managers; lista.xlsx: an administration's part of it (OUTPUT.md).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time
from io import BytesIO

import xlsxwriter

from models.change import PlanDiff
from models.plan import Plan
from models.problem import TermProblem
from outputs import words
from outputs.figures import Figures
from outputs.sheets import changes as changes_sheet
from outputs.sheets import not_on_time, occupancy, overview, own_overview, own_seats, people, rounds, settings
from outputs.sheets.book import FONT, Book

LONGEST_FOOTER = 80


def workbook(problem: TermProblem, plan: Plan, *, changes: PlanDiff | None = None) -> bytes:
    """The workbook's bytes; the same plan gives the same bytes."""
    figures = Figures(problem, plan)
    return _written(f"Terminsplan {plan.term}".rstrip(), plan, lambda book: _sheets(book, figures, changes))


def own_list(figures: Figures, administration: str, *, changes: PlanDiff | None = None) -> bytes:
    """An administration's workbook, of the figures of its own part of a plan (``files.own_people``)."""
    title = f"{administration} {figures.plan.term}".rstrip()
    return _written(title, figures.plan, lambda book: _own_sheets(book, figures, administration, changes))


def _written(title: str, plan: Plan, add: Callable[[Book], None]) -> bytes:
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, options()) as book:
        # The clock would give each run other bytes.
        book.set_properties(
            {"title": title, "author": "terminsplan", "created": datetime.combine(plan.planning_date, time())}
        )
        add(Book(book, footer(title, plan)))
    for sheet in (
        book.worksheets()
    ):  # a closed book hangs together in circles, and would keep its cells beside those of the next
        sheet.table.clear()
    return buffer.getvalue()


def options() -> dict[str, object]:
    """How xlsxwriter is to work; made anew for each book, since it changes what it is given.

    Names and ids are data: nothing in a cell may turn into a formula, a link or a number by how it looks.
    """
    return {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_format_properties": dict(FONT),
    }


def _sheets(book: Book, figures: Figures, changes: PlanDiff | None) -> None:
    overview.add(book, figures, changes)
    people.add(book, figures)
    rounds.add(book, figures)
    not_on_time.add(book, figures)
    occupancy.add(book, figures)
    if changes is not None:
        changes_sheet.add(book, figures, changes)
    settings.add(book, figures)


def _own_sheets(book: Book, figures: Figures, administration: str, changes: PlanDiff | None) -> None:
    own_overview.add(book, figures, administration)
    own_seats.add(book, figures)
    people.add(book, figures)
    not_on_time.add(book, figures)
    if changes is not None:
        changes_sheet.add(book, figures, changes)


def footer(title: str, plan: Plan) -> str:
    """What stands at the foot of every printed page. Header and footer
    texts have codes of their own, which begin with an ampersand.
    """
    shown = title[:LONGEST_FOOTER].replace("&", "&&")
    return f" {shown}, plan {plan.plan_number}, {words.day(plan.planning_date)}"
