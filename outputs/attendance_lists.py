"""Attendance lists: a sheet a session to print on A4, sign,
and fill in; every command that reads input reads it back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, time
from io import BytesIO

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from columns.attendance_list import DAY, HEADINGS, NO, PRESENT, SESSION, START, TITLE, YES
from models.plan import Plan
from models.problem import Session, TermProblem
from outputs import words
from outputs.figures import Figures
from outputs.sheets.book import HEADING, Book, lines_of
from outputs.xlsx import footer, options

EMPTY_ROWS = 3
"""For those who came without being on the list."""
WIDTHS = (11, 26, 26, 12, 30, 9)
ROW_HEIGHT = 27
"""Room for a signature, in points."""
_PRESENT_COLUMN = HEADINGS.index(PRESENT)
_LONGEST_NAME = 31
_ILLEGAL = str.maketrans(dict.fromkeys("[]:*?/\\", "-"))
_RESERVED = "history"


def sessions_of(problem: TermProblem, plan: Plan, rounds: Iterable[str] = ()) -> tuple[Session, ...]:
    """The sessions at which somebody has a seat, of these rounds or of all, in order of time."""
    wanted = set(rounds)
    seated = {booking.session for booking in plan.bookings}
    found = (s for s in problem.sessions if s.id in seated and (not wanted or s.round in wanted))
    return tuple(sorted(found, key=lambda s: (s.day, s.start, s.id)))


def workbook(problem: TermProblem, plan: Plan, sessions: Iterable[Session]) -> bytes:
    """The workbook's bytes; the same plan gives the same bytes."""
    figures = Figures(problem, plan)
    title = f"{TITLE} {plan.term}".rstrip()
    names = _SheetNames()
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, options()) as made:
        # The clock would give each run other bytes.
        made.set_properties(
            {"title": title, "author": "terminsplan", "created": datetime.combine(plan.planning_date, time())}
        )
        book = Book(made, footer(title, plan))
        for session in sessions:
            _sheet(book, figures, session, made.add_worksheet(names.of(session.id)))
    return buffer.getvalue()


class _SheetNames:
    """Names of sheets made of ids, as Excel takes them: short, without some signs, and none twice by case alone."""

    def __init__(self) -> None:
        self._taken = {_RESERVED}

    def of(self, id_: str) -> str:
        plain = id_.translate(_ILLEGAL).strip("' ")[:_LONGEST_NAME] or "_"
        name, number = plain, 1
        while name.casefold() in self._taken:
            number += 1
            ending = f"~{number}"
            name = plain[: _LONGEST_NAME - len(ending)] + ending
        self._taken.add(name.casefold())
        return name


def _sheet(book: Book, figures: Figures, session: Session, sheet: Worksheet) -> None:
    sheet.hide_gridlines(2)
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    sheet.set_row(0, 26)
    sheet.write_string(0, 0, TITLE, book.format(bold=True, font_size=18, font_color=HEADING))
    row = 1
    for label, value in _facts(figures, session):
        sheet.write_string(row, 0, label, book.format(font_color="#44525F"))
        sheet.write_string(row, 1, value, book.format(bold=label == _WHAT))
        row += 1
    sheet.write_string(row, 0, _HOW, book.format(italic=True, font_color="#44525F"))
    row += 2
    _table(book, figures, session, sheet, row)
    _print_setup(book, sheet, row)


_WHAT = "Utbildning"
_HOW = (
    f"Skriv {YES} för den som var där och {NO} för den som uteblev. En tom ruta räknas som ej bekräftad. Ändra inte Id."
)


def _facts(figures: Figures, session: Session) -> Iterator[tuple[str, str]]:
    programme = figures.problem.round_by_id[session.round].programme
    place = ", ".join(part for part in (session.place, session.room) if part)
    facts = (
        (_WHAT, words.module_name(figures.problem, programme, session.module)),
        ("När", f"{words.day(session.day)} kl. {words.time_span(session.starts_at, session.ends_at)}"),
        ("Var", place),
        ("Utbildare", words.listed(session.trainers)),
        ("Omgång", session.round),
        (SESSION, session.id),
        (DAY, session.day.isoformat()),
        (START, f"{session.start:%H:%M}"),
    )
    return (fact for fact in facts if fact[1])


def _table(book: Book, figures: Figures, session: Session, sheet: Worksheet, top: int) -> None:
    sheet.set_row(top, 22)
    for column, heading in enumerate(HEADINGS):
        sheet.write_string(top, column, heading, book.heading(column == _PRESENT_COLUMN))
    people = figures.people_in.get(session.id, ())
    line = {"bottom": 1, "bottom_color": "#7A8894", "valign": "vcenter"}
    text, wrapped = book.format(**line), book.format(**line, text_wrap=True)
    number = book.format(**line, align="left")
    box = book.format(border=2, border_color="#1A2733", align="center", valign="vcenter", bold=True, num_format="@")
    for place in range(len(people) + EMPTY_ROWS):
        row = top + 1 + place
        cells = _person(figures, people[place]) if place < len(people) else ("", "", "")
        name, employer, id_ = cells
        sheet.set_row(row, max(ROW_HEIGHT, 13 * max(lines_of(name, WIDTHS[1]), lines_of(employer, WIDTHS[2])) + 4))
        sheet.write_number(row, 0, place + 1, number)
        sheet.write_string(row, 1, name, wrapped)
        sheet.write_string(row, 2, employer, wrapped)
        sheet.write_blank(row, _PRESENT_COLUMN, None, box)
        sheet.write_blank(row, 4, None, text)
        sheet.write_string(row, 5, id_, text)
    last = top + len(people) + EMPTY_ROWS
    choice = {
        "validate": "list",
        "source": [YES, NO],
        "error_type": "warning",
        "error_title": TITLE,
        "error_message": f"Skriv {YES} eller {NO}.",
    }
    sheet.data_validation(top + 1, _PRESENT_COLUMN, last, _PRESENT_COLUMN, choice)
    sheet.freeze_panes(top + 1, 0)


def _person(figures: Figures, id_: str) -> tuple[str, str, str]:
    hire = figures.problem.hire_by_id[id_]
    organisation = figures.problem.organisation_by_id[hire.organisation].name
    return hire.name, ", ".join(part for part in (organisation, hire.unit) if part), hire.id


def _print_setup(book: Book, sheet: Worksheet, heading: int) -> None:
    """A4 upright, all columns across, the headings on every page; each session begins a sheet, and so a page."""
    sheet.set_portrait()
    sheet.set_paper(9)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(heading)
    sheet.set_footer(f"&L&9{book.footer}&C&9&A&R&9Sida &P av &N")
