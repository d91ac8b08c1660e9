"""Sheet ``Översikt`` of an administration's own list: its figures, and how each unit and manager stands."""

from __future__ import annotations

from outputs import words
from outputs.figures import Figures
from outputs.headlines import own_headlines
from outputs.sheets.book import HEADING, Book, Cell, Column
from outputs.teams import Team, teams

COLUMNS = (
    Column("Enhet", 30, "wrap"),
    Column("Chef", 26, "wrap"),
    Column("Personer", 11, "int"),
    Column("Krav", 11, "int"),
    Column("Klara i tid", 13, "int"),
    Column("av krav med frist", 13, "int"),
    Column("Försenade", 13, "int"),
    Column("Saknar plats", 13, "int"),
    Column("Väntar", 11, "int"),
)


def add(book: Book, figures: Figures, administration: str) -> None:
    """Write the sheet: headlines, then the table of units and managers."""
    plan = figures.plan
    made = f"{words.span(*plan.horizon)}. Plan {plan.plan_number}, planeringsdag {words.day(plan.planning_date)}."
    sheet = book.sheet("Översikt", f"{administration} {plan.term}".rstrip(), made)
    book.widths(sheet, COLUMNS)
    row = 3
    for headline in own_headlines(figures):
        book.write(sheet, row, 0, headline.label, bold=True)
        book.write(sheet, row, 1, headline.value, bold=True, font_color=HEADING)
        sheet.merge_range(row, 2, row, len(COLUMNS) - 1, "", book.cell_format("wrap"))
        book.write(sheet, row, 2, headline.remark, "wrap")
        row += 1
    note = book.format(italic=True, font_color="#44525F")
    for sentence in (words.REQUIREMENT_MEANS, words.SHARE_MEANS):
        sheet.write_string(row, 0, sentence, note)
        row += 1
    rows = [_row(team) for team in teams(figures)]
    book.table(sheet, "Enheter", COLUMNS, rows, top=row + 1, empty="Ingen av era är med i planen.")


def _row(team: Team) -> list[Cell]:
    share = team.share
    return [
        team.unit,
        team.manager,
        len(team.hires),
        share.requirements,
        share.on_time,
        share.counted,
        share.late,
        share.missing,
        share.waiting,
    ]
