"""What is new since an input was read: late recruits, leavers, absences, attendance, on top of a stored problem.

A row of ``nyanställda`` with a known id changes what is filled in there; blank cells leave what was known. New ids add
hires. Absences are added; attendance told again replaces what was told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from columns import tables as registry
from inputs import attendance_lists, csv_folder, workbook
from inputs.cells import BadCellError, clean, identifier
from inputs.findings import Findings
from inputs.names import did_you_mean
from inputs.readers import absences, hires, plain
from inputs.schema import ABSENCES, ATTENDANCE, HIRES
from inputs.stored import hire_cells, tables_of, without
from inputs.tables import Row, Sheet, Table, is_list, recognised, spec_of, tabulate_some
from inputs.term_tables import TermTables
from models.problem import Attendance, Hire, TermProblem

# Of a known hire only the id is needed; what a new one lacks is told with her row.
_HIRES = replace(HIRES, required=("id",), optional=tuple(c for c in HIRES.columns if c != "id"), needed=False)
TABLES = {spec.name: spec for spec in (_HIRES, ABSENCES, ATTENDANCE)}


def sheets_of(path: Path, findings: Findings) -> list[Sheet]:
    """The sheets of a folder, a workbook or a single CSV file; one named otherwise is known by its headings."""
    if path.is_dir():
        return attendance_lists.folder_sheets(path, findings)
    if not path.is_file():
        findings.error(
            "finns_inte",
            "finns inte; ange en CSV-fil, en mapp med CSV-filer eller en arbetsbok (.xlsx)",
            value=str(path),
        )
        return []
    if path.suffix.casefold() == ".csv":
        return [_named(csv_folder.sheet(path, findings))]
    found = workbook.sheets(path, findings)
    return [_named(found[0])] if len(found) == 1 and not is_list(found[0].rows) else found


def late_tables(base: TermProblem, sheets: Iterable[Sheet], findings: Findings) -> TermTables:
    """The stored problem's entries with the late rows among them."""
    lists, others = attendance_lists.parted(sheets)
    tables = tabulate_some(others, TABLES, findings)
    if not findings.errors and not lists and not any(table.rows for table in tables.values()):
        findings.error(
            "inget_sent",
            (
                f"inga rader att läsa; fyll i någon av tabellerna {', '.join(TABLES)}, med tabellens namn på filen "
                "eller bladet"
            ),
        )
    if HIRES.name in tables:
        known_or_new = _without_strangers(tables[HIRES.name], base.hire_by_id, findings)
        tables[HIRES.name] = _completed(known_or_new, base.hire_by_id)
    people = list(hires.read(tables, findings))
    known = tables_of(base)
    told = list(plain.read(tables, findings, registry.ATTENDANCE, Attendance))
    told += attendance_lists.read(lists, replace(known, hires=[*known.hires, *people]), findings)
    if lists and not findings.errors and not told and not any(table.rows for table in tables.values()):
        findings.error("inget_sent", "ingen ruta är ifylld i närvarolistorna; skriv x för den som var där")
    stored = without(
        known,
        {entry.item.hire.id for entry in people if entry.sound("id")},
        {(entry.item.hire, entry.item.session) for entry in told},
    )
    return replace(
        stored,
        hires=[*stored.hires, *people],
        absences=[*stored.absences, *absences.read(tables, findings)],
        attendance=[*stored.attendance, *told],
        broken_tables=frozenset(name for name, table in tables.items() if not table.readable),
    )


def _named(sheet: Sheet) -> Sheet:
    """An only sheet under the name of the table that its headings show, where its own name is no table's."""
    if spec_of(sheet.name) or not sheet.rows:
        return sheet
    best = max(TABLES.values(), key=lambda spec: recognised(sheet.rows[0].cells, spec))
    enough = recognised(sheet.rows[0].cells, best) >= min(2, len(sheet.rows[0].cells))
    return replace(sheet, name=best.name) if enough else sheet


def _without_strangers(table: Table, known: Mapping[str, Hire], findings: Findings) -> Table:
    """The rows less those with an unknown id and nothing that a new hire must have: these change somebody mistyped."""
    if "id" in table.doubtful:
        # Without ids nobody knows whom the rows are about; that the column is missing is told.
        return replace(table, rows=(), readable=False)
    kept: list[Row] = []
    for row in table.rows:
        id_ = _id_of(row)
        changes_only = len(row.cells) > 1 and not any(
            column in row.cells for column in HIRES.required if column != "id"
        )
        if id_ is None or id_ in known or not changes_only or row.told or row.shifted:
            kept.append(row)
            continue
        meant = did_you_mean(id_, known) or "; rätta id:t, eller fyll i namn, förvaltning och anställd_från"
        message = f"finns inte i planen{meant}"
        findings.error("okänd_nyanställd", message, table=HIRES.name, row=row.number, column="id", value=id_)
    return replace(table, rows=kept)


def _completed(table: Table, known: Mapping[str, Hire]) -> Table:
    return replace(table, rows=[_complete(row, known) for row in table.rows])


def _complete(row: Row, known: Mapping[str, Hire]) -> Row:
    """The row with what was known of the hire in its blank cells."""
    hire = known.get(_id_of(row) or "")
    return row if hire is None else replace(row, cells={**hire_cells(hire), **row.cells})


def _id_of(row: Row) -> str | None:
    """The id as it will be read; None where it is blank, or faulty, which is told when the row is read."""
    try:
        value = clean(row.cells.get("id"))
        return None if value is None else identifier(value)
    except BadCellError:
        return None
