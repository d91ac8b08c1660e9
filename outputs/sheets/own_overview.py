"""Sheet ``Översikt`` of an administration's own list: its figures, and how each unit and manager stands."""

from __future__ import annotations

from outputs import words
from outputs.figures import Figures, shown_states
from outputs.headlines import own_headlines
from outputs.sheets.book import HEADING, Book, Cell, Column
from outputs.teams import Team, teams

FIRST = (
    Column("Enhet", 30, "wrap"),
    Column("Chef", 26, "wrap"),
    Column("Personer", 11, "int"),
    Column("Krav", 11, "int"),
)
LAST = (Column("Krav i tid", 11, "int"), Column("av krav med frist", 11, "int"))
STATE_WIDTH = 12


def columns_of(figures: Figures) -> tuple[Column, ...]:
    """A column for each state that some requirement is in: they add up to all, as in the whole plan's table."""
    return (*FIRST, *(Column(words.STATES[s], STATE_WIDTH, "int") for s in shown_states(figures)), *LAST)


def add(book: Book, figures: Figures, administration: str) -> None:
    """Write the sheet: headlines, then the table of units and managers."""
    plan = figures.plan
    made = f"{words.span(*plan.horizon)}. Plan {plan.plan_number}, planeringsdag {words.day(plan.planning_date)}."
    sheet = book.sheet("Översikt", f"{administration} {plan.term}".rstrip(), made)
    columns = columns_of(figures)
    book.widths(sheet, columns)
    row = 3
    for headline in own_headlines(figures):
        book.write(sheet, row, 0, headline.label, bold=True)
        book.write(sheet, row, 1, headline.value, bold=True, font_color=HEADING)
        sheet.merge_range(row, 2, row, len(columns) - 1, "", book.cell_format("wrap"))
        book.write(sheet, row, 2, headline.remark, "wrap")
        row += 1
    note = book.format(italic=True, font_color="#44525F")
    for sentence in (words.REQUIREMENT_MEANS, words.SHARE_MEANS):
        sheet.write_string(row, 0, sentence, note)
        row += 1
    rows = [_row(figures, team) for team in teams(figures)]
    book.table(sheet, "Enheter", columns, rows, top=row + 1, empty="Ingen av era är med i planen.")


def _row(figures: Figures, team: Team) -> list[Cell]:
    share = team.share
    states = (share.states[state] for state in shown_states(figures))
    return [team.unit, team.manager, len(team.hires), share.requirements, *states, share.on_time, share.counted]
