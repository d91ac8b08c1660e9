"""Sheet ``Omgångar``: all rounds, then for each that runs a page to hand to its trainer."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from models.ids import RoundStatus
from outputs import words
from outputs.by_hand import LOCKED
from outputs.figures import Figures, RoundLoad
from outputs.sheets.book import HEADING, LINE_HEIGHT, Book, Cell, Column, lines_of

INDEX = (
    Column("Omgång", 26),
    Column("Utbildning", 34),
    Column("Status", 30),
    Column("Första dag", 13, "date"),
    Column("Sista dag", 13, "date"),
    Column("Deltagare", 13, "int"),
    Column("Platser", 13, "int"),
    Column("Beläggning", 15, "label"),
)
DAY_WIDTH = 13
_UNTOLD = words.UNCONFIRMED.lower()
"""Of a seat at a session that was held, where nobody has told whether she came."""


def add(book: Book, figures: Figures) -> None:
    """Write the sheet: the list of rounds, with links, then the participant lists, each on a page of its own."""
    note = "Först alla omgångar, sedan en deltagarlista för varje omgång som hålls: klicka på omgången."
    sheet = book.sheet("Omgångar", "Omgångar", note)
    held = [load for load in figures.rounds if load.runs]
    widest = max([len(INDEX), *(3 + len(load.sessions) for load in held)])
    widths = [c.width for c in INDEX] + [DAY_WIDTH] * (widest - len(INDEX))
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    book.table(
        sheet, "Omgångar", INDEX, [_index_row(figures, x) for x in figures.rounds], top=3, empty="Inga omgångar."
    )
    sheet.freeze_panes(4, 1)
    starts = _lists(book, sheet, figures, held, 3 + max(1, len(figures.rounds)) + 2)
    book.page_breaks(sheet, widths, list(starts.values()))
    _links(book, sheet, figures, starts)


def _index_row(figures: Figures, load: RoundLoad) -> list[Cell]:
    participants, seats = load.peak
    return [
        load.round.id,
        figures.problem.programme_by_id[load.round.programme].name,
        status(load),
        load.sessions[0].day if load.sessions else None,
        load.sessions[-1].day if load.sessions else None,
        len(load.people),
        seats,
        words.occupancy(participants, seats) if load.runs else "",
    ]


def status(load: RoundLoad) -> str:
    """Whether the round is held, in words."""
    if load.round.status is RoundStatus.CANCELLED:
        return "Inställd"
    if load.round.status is RoundStatus.FIXED:
        return "Fast"
    return "Förslag som öppnas" if load.runs else "Förslag, öppnas inte"


def _links(book: Book, sheet: Worksheet, figures: Figures, starts: dict[str, int]) -> None:
    style = book.cell_format("text", underline=1, font_color="#0B5394")
    for number, load in enumerate(figures.rounds, 4):
        if load.round.id in starts:
            sheet.write_url(number, 0, f"internal:'Omgångar'!A{starts[load.round.id] + 1}", style, string=load.round.id)


def _lists(book: Book, sheet: Worksheet, figures: Figures, held: list[RoundLoad], row: int) -> dict[str, int]:
    starts: dict[str, int] = {}
    for load in held:
        starts[load.round.id] = row
        row = _list(book, sheet, figures, load, row) + 2
    return starts


def _list(book: Book, sheet: Worksheet, figures: Figures, load: RoundLoad, row: int) -> int:
    programme = figures.problem.programme_by_id[load.round.programme]
    sheet.set_row(row, 22)
    sheet.write_string(
        row, 0, f"{load.round.id}  {programme.name}", book.format(bold=True, font_size=15, font_color=HEADING)
    )
    summary = f"{words.count(len(load.people), 'deltagare', 'deltagare')}, {status(load).lower()}"
    sheet.write_string(row + 1, 0, summary, book.format(font_color="#44525F"))
    row = _sessions(book, sheet, figures, load, row + 2)
    return _participants(book, sheet, figures, load, row + 1)


def _sessions(book: Book, sheet: Worksheet, figures: Figures, load: RoundLoad, row: int) -> int:
    names = {m.number: m.name for m in figures.problem.programme_by_id[load.round.programme].modules}
    titles = ["Moment", "Plats", "Utbildare", "Datum", "Dag", "Tid", "Deltagare", "Platser"]
    _heading(book, sheet, row, titles, centred_from=6)
    for session, taken in zip(load.sessions, load.taken, strict=True):
        row += 1
        place = ", ".join(p for p in (session.place, session.room) if p)
        module = f"{session.module} {names.get(session.module, '')}".rstrip()
        _texts(book, sheet, row, (module, place, words.listed(session.trainers)))
        book.write(sheet, row, 3, session.day, "date")
        book.write(sheet, row, 4, words.WEEKDAYS[session.day.weekday()] + (" (inställt)" if session.cancelled else ""))
        book.write(sheet, row, 5, words.time_span(session.starts_at, session.ends_at))
        book.write(sheet, row, 6, taken, "int")
        book.write(sheet, row, 7, session.seats, "int")
    return row + 1


def _participants(book: Book, sheet: Worksheet, figures: Figures, load: RoundLoad, row: int) -> int:
    problem = figures.problem
    dates = [f"{words.WEEKDAYS[s.day.weekday()]} {words.short_day(s.day)}" for s in load.sessions]
    _heading(book, sheet, row, ["Namn", "Förvaltning", "Enhet", *dates], centred_from=3)
    sessions = [s.id for s in load.sessions]
    present = [set(figures.people_in.get(session, ())) for session in sessions]
    untold = figures.unconfirmed_seats
    for id_ in load.people:
        row += 1
        hire = problem.hire_by_id.get(id_)
        employer = problem.organisation_by_id[hire.organisation].name if hire else ""
        name = words.person(problem, id_)
        if figures.is_locked(id_, load.round.id):
            name += f" ({LOCKED})"
        _texts(book, sheet, row, (name, employer, (hire.unit if hire else None) or ""))
        for column, ids in enumerate(present, 3):
            shown = "–" if id_ not in ids else _UNTOLD if (id_, sessions[column - 3]) in untold else "✓"
            book.write(sheet, row, column, shown, align="center")
    if not load.people:
        row += 1
        sheet.write_string(row, 0, "Inga deltagare.", book.format(italic=True))
    return row + 1


def _texts(book: Book, sheet: Worksheet, row: int, texts: tuple[str, str, str]) -> None:
    """The first three cells of a row, whose texts may need several lines."""
    for column, text in enumerate(texts):
        book.write(sheet, row, column, text, "wrap")
    lines = max(lines_of(text, column.width) for text, column in zip(texts, INDEX, strict=False))
    sheet.set_row(row, LINE_HEIGHT * lines + 4)


def _heading(book: Book, sheet: Worksheet, row: int, titles: list[str], *, centred_from: int) -> None:
    for column, title in enumerate(titles):
        sheet.write_string(row, column, title, book.heading(column >= centred_from))
    sheet.set_row(row, 20)
