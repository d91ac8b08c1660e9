"""Attendance lists that were filled in, read as rows of ``närvaro``
(``columns.attendance_list`` says what such a sheet looks like).

A list is about a session of this very input: its id, date and start must be those of the session, and each id must be
that of the person named beside it. Whatever is wrong is told with sheet and row.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from pathlib import Path
from typing import TypeVar

from columns.attendance_list import DAY, HEADINGS, ID, NAME, NO, PRESENT, SESSION, START, YES
from inputs import csv_folder, workbook
from inputs.cells import BadCellError, CellValue, Parser, clean, clock, day, identifier, shown, text, yes_no
from inputs.entries import Entry
from inputs.findings import Findings
from inputs.names import did_you_mean, fold
from inputs.tables import RawRow, Sheet, is_list
from inputs.term_tables import TermTables
from models.problem import Attendance

_NAMED = 5
T = TypeVar("T")
_OTHER_PLAN = "är listan från en annan plan?"


def parted(sheets: Iterable[Sheet]) -> tuple[list[Sheet], list[Sheet]]:
    """The attendance lists among the sheets, and the others."""
    lists: list[Sheet] = []
    others: list[Sheet] = []
    for sheet in sheets:
        (lists if is_list(sheet.rows) else others).append(sheet)
    return lists, others


def folder_sheets(folder: Path, findings: Findings) -> list[Sheet]:
    """The tables of a folder of CSV files, and the attendance lists of the workbooks that lie among them."""
    lists = _in_folder(folder)
    return [*csv_folder.sheets(folder, findings, lists), *(sheet for found in lists.values() for sheet in found)]


def _in_folder(folder: Path) -> Mapping[Path, list[Sheet]]:
    """The attendance lists of each workbook; others are no tables of the folder."""
    found = {}
    for path in sorted(folder.iterdir()):
        if path.suffix.casefold() == ".xlsx" and path.is_file() and not path.name.startswith((".", "~$")):
            lists, _ = parted(workbook.sheets(path, Findings()))
            if lists:
                found[path] = [replace(sheet, name=f"{path.name}, {sheet.name}") for sheet in lists]
    return found


def read(lists: Sequence[Sheet], term: TermTables, findings: Findings) -> list[Entry[Attendance]]:
    """What was there is told by the marks; a blank box tells nothing. A list without any mark is not filled in."""
    if not lists:
        return []
    people = _People(term)
    entries: list[Entry[Attendance]] = []
    unfilled: list[str] = []
    for sheet in lists:
        form = _form(sheet, findings)
        if form is None:
            continue
        if not any(PRESENT in row.cells for row in form.rows):
            unfilled.append(sheet.name)
            continue
        if _is_of_the_plan(form, term, findings):
            entries += _marked(form, people, findings)
    if unfilled:
        more = f" och {len(unfilled) - _NAMED} till" if len(unfilled) > _NAMED else ""
        one = len(unfilled) == 1
        what = "1 närvarolista är inte ifylld" if one else f"{len(unfilled)} närvarolistor är inte ifyllda"
        findings.warn("ej_ifylld", f"{what} och läses inte: {', '.join(unfilled[:_NAMED])}{more}")
    return entries


@dataclass(frozen=True)
class _Line:
    """The cells of one row by heading, blank ones left out."""

    number: int
    cells: Mapping[str, CellValue]


@dataclass(frozen=True)
class _Form:
    """A list taken apart: its facts by label, each with its row, and the rows below the headings."""

    sheet: str
    heading: int
    facts: Mapping[str, _Line]
    rows: Sequence[_Line]

    @property
    def session(self) -> str:
        """The id as it stands; whether it is one of the plan's is asked later."""
        return shown(self.facts[SESSION].cells[SESSION])

    def error(self, findings: Findings, kind: str, line: _Line, column: str, message: str) -> None:
        """Something wrong in a cell of the sheet."""
        value = line.cells.get(column)
        where = column if column in HEADINGS else None
        findings.error(
            kind,
            message,
            table=self.sheet,
            row=line.number,
            column=where,
            value=None if value is None else shown(value),
        )


def _form(sheet: Sheet, findings: Findings) -> _Form | None:
    """The parts of a list; what is missing is told."""
    heading = next((row for row in sheet.rows if _headings(row).keys() >= {NAME, PRESENT, ID}), None)
    if heading is None:
        message = (
            f"bladet ser ut som en närvarolista men saknar rubrikerna {NAME}, {PRESENT} och {ID}; skriv ut den på nytt"
        )
        findings.error("trasig_lista", message, table=sheet.name, row=sheet.rows[0].number)
        return None
    facts = dict(_facts(row for row in sheet.rows if row.number < heading.number))
    missing = [label for label in (SESSION, DAY, START) if label not in facts]
    if missing:
        message = f"raden {missing[0]} saknas eller är tom ovanför rubrikerna; skriv ut listan på nytt"
        findings.error("trasig_lista", message, table=sheet.name, row=heading.number)
        return None
    places = _headings(heading)
    rows = [_line(row, places) for row in sheet.rows if row.number > heading.number]
    return _Form(sheet.name, heading.number, facts, [row for row in rows if row.cells])


def _headings(row: RawRow) -> dict[str, int]:
    wanted = {fold(heading): heading for heading in HEADINGS}
    return {wanted[fold(shown(c))]: n for n, c in enumerate(row.cells) if fold(shown(c)) in wanted}


def _facts(rows: Iterable[RawRow]) -> Iterator[tuple[str, _Line]]:
    labels = {fold(label): label for label in (SESSION, DAY, START)}
    for row in rows:
        filled = [cell for cell in row.cells if cell is not None and shown(cell).strip()]
        label = labels.get(fold(shown(filled[0]))) if filled else None
        if label is not None and len(filled) > 1:
            yield label, _Line(row.number, {label: filled[1]})


def _line(row: RawRow, places: Mapping[str, int]) -> _Line:
    """The cells under the headings that say who, and whether she was there."""
    cells = {}
    for heading in (NAME, PRESENT, ID):
        place = places[heading]
        value = row.cells[place] if place < len(row.cells) else None
        if value is not None and shown(value).strip():
            cells[heading] = value
    return _Line(row.number, cells)


def _is_of_the_plan(form: _Form, term: TermTables, findings: Findings) -> bool:
    line = form.facts[SESSION]
    known = term.session_index().by_id
    entry = known.get(_value(line, SESSION, identifier) or "")
    if entry is None:
        message = f"är inget tillfälle här{did_you_mean(form.session, known) or '; ' + _OTHER_PLAN}"
        form.error(findings, "okänt_tillfälle", line, SESSION, message)
        return False
    return all(
        _agrees(form, label, found, wanted, findings)
        for label, found, wanted in (
            (DAY, _value(form.facts[DAY], DAY, day), entry.item.day if entry.sound("datum") else None),
            (START, _value(form.facts[START], START, clock), entry.item.start if entry.sound("start") else None),
        )
    )


def _agrees(form: _Form, label: str, found: date | time | None, wanted: date | time | None, findings: Findings) -> bool:
    if wanted is None or found == wanted:
        return True
    told = f"{wanted:%H:%M}" if isinstance(wanted, time) else str(wanted)
    begins = "börjar" if label == START else "är"
    message = f"stämmer inte: tillfället {form.session} {begins} {told}; {_OTHER_PLAN}"
    form.error(findings, "annan_tid", form.facts[label], label, message)
    return False


def _value(line: _Line, column: str, parse: Parser[T]) -> T | None:
    """The cell read; None where it is blank or cannot be read."""
    try:
        value = clean(line.cells.get(column))
        return None if value is None else parse(value)
    except BadCellError:
        return None


class _People:
    """Hires by id and by name."""

    def __init__(self, term: TermTables) -> None:
        self.names = {e.item.hire.id: e.item.hire.name for e in term.hires if e.sound("id", "namn")}
        self.ids: Mapping[str, list[str]] = defaultdict(list)
        for id_, name in self.names.items():
            self.ids[_folded(name)].append(id_)


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def _marked(form: _Form, people: _People, findings: Findings) -> Iterator[Entry[Attendance]]:
    blank = 0
    for line in form.rows:
        if PRESENT not in line.cells:
            blank += ID in line.cells
            continue
        hire = _hire(form, line, people, findings)
        present = _present(form, line, findings)
        if hire is not None and present is not None:
            values = {"nyanställd": hire, "tillfälle": form.session, "närvarande": shown(line.cells[PRESENT])}
            item = Attendance(hire=hire, session=form.session, present=present)
            yield Entry(item, form.sheet, line.number, values)
    if blank:
        told = (
            "1 ruta är tom och räknas som ej bekräftad"
            if blank == 1
            else f"{blank} rutor är tomma och räknas som ej bekräftade"
        )
        message = f"{told}; skriv {NO} för den som uteblev"
        findings.warn("tom_ruta", message, table=form.sheet, row=form.heading)


def _present(form: _Form, line: _Line, findings: Findings) -> bool | None:
    try:
        return yes_no(clean(line.cells[PRESENT]))
    except BadCellError:
        form.error(
            findings,
            "okänd_markering",
            line,
            PRESENT,
            f"är ingen känd markering; skriv {YES} för den som var där och {NO} för den som uteblev",
        )
        return None


def _hire(form: _Form, line: _Line, people: _People, findings: Findings) -> str | None:
    """Whom the row is about: the id, which must be that of the name
    beside it; of a row without one, the only bearer of the name.
    """
    name = _value(line, NAME, text)
    if ID not in line.cells:
        return _by_name(form, line, name, people, findings)
    id_ = _value(line, ID, identifier)
    if id_ not in people.names:
        message = f"är inget id i nyanställda{did_you_mean(id_ or '', people.names) or '; ' + _OTHER_PLAN}"
        form.error(findings, "okänd_nyanställd", line, ID, message)
        return None
    if name is not None and _folded(name) != _folded(people.names[id_]):
        message = f"är inte {id_}, som heter {people.names[id_]}; rätta raden, eller {_OTHER_PLAN}"
        form.error(findings, "annat_namn", line, NAME, message)
        return None
    return id_


def _by_name(form: _Form, line: _Line, name: str | None, people: _People, findings: Findings) -> str | None:
    if name is None:
        form.error(findings, "ingen_person", line, PRESENT, "står på en rad utan namn och id; fyll i vem det är")
        return None
    bearers = people.ids.get(_folded(name), [])
    if len(bearers) == 1:
        return bearers[0]
    if bearers:
        message = f"heter flera ({', '.join(sorted(bearers))}); skriv rätt id i kolumnen {ID}"
        form.error(findings, "flera_med_namnet", line, NAME, message)
    else:
        meant = did_you_mean(name, people.names.values())
        message = f"finns inte i nyanställda{meant or '; lägg till personen, eller rätta namnet'}"
        form.error(findings, "okänd_nyanställd", line, NAME, message)
    return None
