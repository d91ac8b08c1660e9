"""The input to fill in: what it holds, what helps the hand that fills it in, and that it reads as it was meant."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
import zipfile
from collections.abc import Iterable, Mapping
from datetime import date, time
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.dimensions import ColumnDimension
from openpyxl.worksheet.worksheet import Worksheet

from columns.kinds import Column, Kind, Reference, SessionReference, Table, Text, Whole, Words, YesNo
from columns.settings import SETTINGS as SETTING_ROWS
from columns.tables import TABLES
from columns.writing import default_of
from inputs.read import Reading, read_problem
from inputs.readers.settings import SettingsRows
from inputs.schema import EXAMPLE_MARK, TableSpec
from inputs.schema import TABLES as READ_TABLES
from models.problem import TermProblem
from outputs import template
from outputs.template.guide import comment
from outputs.template.marks import MARK
from outputs.template.names import LAST_ROW, list_name
from tests.needed import absent
from tests.outputs.filling import csv_rows, fill_in

EXAMPLE = Path(__file__).parents[2] / "examples" / "goteborg-ht2026" / "csv"
# After the example's session, so that attendance at it can be known.
AFTERWARDS = date(2026, 10, 1)
EMPTY = ["nyanställda: tabellen har inga nyanställda; lägg till minst en rad"]
COLUMNS = [(table, column) for table in TABLES for column in table.columns]
Rows = dict[str, list[list[str]]]


def for_each(columns: Iterable[tuple[Table, Column]]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(
        ("table", "column"), [pytest.param(t, c, id=f"{t.name}-{c.name}") for t, c in columns]
    )


@pytest.fixture
def libreoffice() -> str:
    return shutil.which("soffice") or absent("LibreOffice saknas")


@pytest.fixture(scope="module")
def book() -> Workbook:
    return load_workbook(io.BytesIO(template.workbook()))


def problem_of(reading: Reading) -> TermProblem:
    assert reading.problem is not None, [str(error) for error in reading.errors]
    return reading.problem


def lines(reading: Reading) -> list[str]:
    return [str(error) for error in reading.errors]


# Tables and columns: the readers' own


def test_tables_and_columns_are_those_that_the_readers_know() -> None:
    offered = {table.name: sorted(column.name for column in table.columns) for table in TABLES}
    assert offered == {spec.name: sorted(spec.columns) for spec in READ_TABLES}


@pytest.mark.parametrize("spec", READ_TABLES, ids=lambda spec: spec.name)
def test_the_columns_marked_as_required_are_those_that_the_readers_demand(spec: TableSpec) -> None:
    (table,) = [table for table in TABLES if table.name == spec.name]
    # The value of a setting may be left blank.
    demanded = set(spec.required) - ({"värde"} if spec.name == "inställningar" else set())
    assert {column.name for column in table.columns if column.required} == demanded


def test_the_examples_carry_the_mark_that_the_readers_skip_where_they_look_for_it() -> None:
    assert MARK.casefold() == EXAMPLE_MARK
    marked = {spec.name: spec.first for spec in READ_TABLES}
    assert {table.name: table.columns[0].name for table in TABLES} == marked


def test_settings_are_those_that_the_readers_know_with_their_defaults(tmp_path: Path) -> None:
    everything = {setting.key: str(setting.example) for setting in SETTING_ROWS}
    rows = _unmarked()
    rows["inställningar"][1:] = [list(pair) for pair in everything.items()]
    assert [str(w) for w in _read(tmp_path / "all", rows).warnings if w.table == "inställningar"] == []
    # One field of SettingsRows is no setting: where the rows stand.
    assert len(everything) == len(SettingsRows.model_fields) - 1

    rows["inställningar"][1:] = [[setting.key, str(default_of(setting) or "")] for setting in SETTING_ROWS]
    written = problem_of(_read(tmp_path / "default", rows))
    del rows["inställningar"]
    assert problem_of(_read(tmp_path / "none", rows)) == written


# Example rows


def _unmarked() -> Rows:
    """The folder form with its examples taken for real rows."""
    rows: Rows = {}
    for path, data in template.csv_files():
        if path.suffix == ".csv":
            rows[path.stem] = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))
            rows[path.stem][1][0] = rows[path.stem][1][0].removeprefix(f"{MARK} ")
    del rows["inställningar"][2:]
    return rows


def _read(folder: Path, rows: Mapping[str, list[list[str]]]) -> Reading:
    folder.mkdir(parents=True, exist_ok=True)
    for name, lines_ in rows.items():
        text = io.StringIO(newline="")
        csv.writer(text, delimiter=";").writerows(lines_)
        (folder / f"{name}.csv").write_text(text.getvalue(), encoding="utf-8", newline="")
    return read_problem(folder, AFTERWARDS)


def test_the_examples_taken_for_real_are_a_term_without_a_fault(tmp_path: Path) -> None:
    problem = problem_of(_read(tmp_path, _unmarked()))
    assert [hire.name for hire in problem.hires] == ["Alva Björkegren"]
    assert [booking.session for booking in problem.bookings] == ["CI-1-1"]
    assert problem.attendance[0].present


@pytest.mark.parametrize("form", ["mall.xlsx", "mall"])
def test_left_untouched_it_reads_as_an_empty_input(tmp_path: Path, form: str) -> None:
    reading = read_problem(write_template(tmp_path / form))
    assert lines(reading) == EMPTY
    assert [str(warning) for warning in reading.warnings] == [
        "utbildningar: tabellen har inga rader under rubrikerna",
        "tillfällen: tabellen har inga rader under rubrikerna",
    ]


def write_template(path: Path) -> Path:
    if path.suffix:
        path.write_bytes(template.workbook())
    else:
        path.mkdir()
        for name, data in template.csv_files():
            (path / name).write_bytes(data)
    return path


def test_workbook_and_folder_hold_the_same(tmp_path: Path, book: Workbook) -> None:
    for name, rows in csv_rows(write_template(tmp_path / "mall")).items():
        sheet = book[name]
        assert [[_as_written(cell) for cell in row] for row in sheet.iter_rows(values_only=True)] == rows


def _as_written(value: object) -> str:
    match value:
        case time():
            return value.isoformat("minutes")
        case date():
            return value.isoformat()[:10]
        case float():
            return str(value).replace(".", ",")
    return "" if value is None else str(value)


# Limits: what the cells let through, the readers take


@for_each((t, c) for t, c in COLUMNS if isinstance(c.kind, (Whole, Words, YesNo)))
def test_what_a_cell_allows_is_what_the_reader_takes(tmp_path: Path, table: Table, column: Column) -> None:
    allowed, refused = _probes(column.kind)
    for number, (word, wanted) in enumerate([(w, True) for w in allowed] + [(w, False) for w in refused]):
        rows = _unmarked()
        rows[table.name][1][rows[table.name][0].index(column.name)] = word
        kinds = {
            e.kind
            for e in _read(tmp_path / str(number), rows).errors
            if (e.table, e.column) == (table.name, column.name)
        }
        refusals = kinds & {"utanför_intervall", "inget_heltal", "okänt_ord", "inte_ja_nej"}
        assert bool(refusals) != wanted, (word, kinds)


def _probes(kind: Kind) -> tuple[list[str], list[str]]:
    """Values at the border, inside and outside."""
    match kind:
        case Whole(low, high):
            return [str(low), str(100_000 if high is None else high)], [
                str(low - 1),
                str(100_001 if high is None else high + 1),
            ]
        case Words(words=words):
            return list(words), ["annat"]
    return ["ja", "nej"], ["kanske"]


# The workbook: headings


def test_headings_hold_the_bare_names_and_stay_in_sight(book: Workbook) -> None:
    for table in TABLES:
        sheet = book[table.name]
        assert [cell.value for cell in sheet[1]] == [column.name for column in table.columns]
        assert sheet.freeze_panes is not None
        assert sheet.freeze_panes.endswith("2")


def test_required_headings_show_a_star(book: Workbook) -> None:
    for table in TABLES:
        stars = {cell.value for cell in book[table.name][1] if cell.number_format == '@" *"'}
        assert stars == {column.name for column in table.columns if column.required}


@for_each(COLUMNS)
def test_every_heading_is_explained(book: Workbook, table: Table, column: Column) -> None:
    place = table.columns.index(column) + 1
    note = book[table.name].cell(1, place).comment
    assert note is not None
    assert note.text == comment(column)
    assert column.meaning in note.text
    assert ("Måste fyllas i." in note.text) == column.required


def test_cells_to_fill_in_show_dates_and_times_as_such_and_keep_text_as_written(book: Workbook) -> None:
    for table, number_formats in {
        "nyanställda": {"anställd_från": "yyyy-mm-dd", "slutar": "yyyy-mm-dd", "id": "@", "arbetsdagar": "@"},
        "tillfällen": {"datum": "yyyy-mm-dd", "start": "hh:mm", "slut": "hh:mm", "omgång": "@", "utbildare": "@"},
    }.items():
        sheet = book[table]
        for column, wanted in number_formats.items():
            place = [cell.value for cell in sheet[1]].index(column) + 1
            assert dimension(sheet, place).number_format == wanted


def test_columns_are_wide_enough_for_heading_and_example(book: Workbook) -> None:
    for table in TABLES:
        sheet = book[table.name]
        for place, column in enumerate(table.columns, start=1):
            longest = max(len(column.name) + 2 * column.required, len(_as_written(sheet.cell(2, place).value)))
            assert dimension(sheet, place).width >= longest, column


def dimension(sheet: Worksheet, place: int) -> ColumnDimension:
    """openpyxl keeps neighbours that are alike as one."""
    (found,) = [d for d in sheet.column_dimensions.values() if (d.min or 0) <= place <= (d.max or 0)]
    return found


# The workbook: drop-downs and limits


def validation_of(book: Workbook, table: str, column: str, row: int = 7) -> DataValidation | None:
    sheet = book[table]
    cell = f"{get_column_letter([cell.value for cell in sheet[1]].index(column) + 1)}{row}"
    found = [v for v in sheet.data_validations.dataValidation if cell in v.sqref]
    assert len(found) <= 1, cell
    return found[0] if found else None


@for_each((t, c) for t, c in COLUMNS if not isinstance(c.kind, Text))
def test_every_cell_that_is_not_free_text_helps_and_says_what_is_wrong(
    book: Workbook, table: Table, column: Column
) -> None:
    found = validation_of(book, table.name, column.name, LAST_ROW)
    assert found is not None
    if found.showErrorMessage:
        assert found.errorTitle
        assert found.error
    else:
        # Only where any text may stand beside what the list offers.
        assert found.type == "list"


@pytest.mark.parametrize(
    ("table", "column", "formula"),
    [
        ("nyanställda", "förvaltning", "id_förvaltningar"),
        ("nyanställda", "utbildningar", "id_utbildningar"),
        ("omgångar", "utbildning", "id_utbildningar"),
        ("omgångar", "förvaltning", "id_förvaltningar"),
        ("tillfällen", "omgång", "id_omgångar"),
        ("kvoter", "omgång", "id_omgångar"),
        ("bokningar", "nyanställd", "id_nyanställda"),
        ("närvaro", "tillfälle", "id_tillfällen"),
        ("frånvaro", "nyanställd", "id_nyanställda"),
        ("utbildningar", "blandad", '"ja,nej"'),
        ("omgångar", "status", '"fast,förslag,inställd"'),
        ("tillfällen", "status", '"inställd"'),
    ],
)
def test_lists_to_choose_from(book: Workbook, table: str, column: str, formula: str) -> None:
    found = validation_of(book, table, column)
    assert found is not None
    assert (found.type, found.formula1) == ("list", formula)
    assert not found.hide_drop_down


def test_dates_times_and_numbers_have_limits(book: Workbook) -> None:
    limits = {
        ("nyanställda", "anställd_från"): ("date", "36526", "73050"),
        ("tillfällen", "start"): ("time", "0", "0.9993055555555556"),
        ("utbildningar", "vikt"): ("whole", "1", "9"),
        ("nyanställda", "prioritet"): ("whole", "1", "3"),
        ("omgångar", "platser"): ("whole", "0", "100000"),
    }
    for (table, column), wanted in limits.items():
        found = validation_of(book, table, column)
        assert found is not None
        assert (found.type, found.formula1, found.formula2) == wanted
        assert found.errorStyle in {None, "stop"}


def test_every_setting_is_explained_beside_its_cell(book: Workbook) -> None:
    for row, setting in enumerate(SETTING_ROWS, start=3):
        found = validation_of(book, "inställningar", "värde", row)
        assert found is not None
        assert (found.promptTitle, found.prompt) == (
            setting.key[:32],
            f"{setting.meaning}\nTomt: {setting.blank}." if setting.blank else setting.meaning,
        )


def test_a_reference_never_stops_who_fills_in_the_other_sheet_later(book: Workbook) -> None:
    for table in TABLES:
        for column in table.columns:
            if isinstance(column.kind, (Reference, SessionReference)):
                found = validation_of(book, table.name, column.name)
                assert found is not None
                assert found.errorStyle == "warning" or not found.showErrorMessage


def test_every_list_has_its_defined_name_over_the_ids(book: Workbook) -> None:
    referred = {c.kind.table for t in TABLES for c in t.columns if isinstance(c.kind, Reference)} | {"tillfällen"}
    assert set(book.defined_names) == {list_name(table) for table in referred}
    for table in referred:
        (letter,) = [cell.column_letter for cell in book[table][1] if cell.value == "id"]
        assert f"'{table}'!${letter}$1:${letter}${LAST_ROW}" in str(book.defined_names[list_name(table)].attr_text)


# The workbook: as a whole


def test_the_guide_comes_first_and_leads_to_every_sheet(book: Workbook) -> None:
    assert book.sheetnames == ["Läs mig", *(table.name for table in TABLES), "Förklaringar"]
    assert book.active is not None
    assert book.active.title == "Läs mig"
    links = [cell.hyperlink.location for row in book["Läs mig"].iter_rows() for cell in row if cell.hyperlink]
    assert links == [f"'{table.name}'!A1" for table in TABLES]


def test_the_last_sheet_explains_every_column_and_setting(book: Workbook) -> None:
    explained = {(row[0], row[1]) for row in book["Förklaringar"].iter_rows(min_row=2, values_only=True)}
    columns = {
        (table.name, f"{column.name} *" if column.required else column.name)
        for table in TABLES[1:]
        for column in table.columns
    }
    assert explained == columns | {("inställningar", setting.key) for setting in SETTING_ROWS}


def test_no_cell_is_a_formula_and_there_are_no_macros(book: Workbook) -> None:
    assert [
        cell.coordinate for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"
    ] == []
    with zipfile.ZipFile(io.BytesIO(template.workbook())) as archive:
        assert not [name for name in archive.namelist() if "vba" in name.casefold() or "externalLink" in name]


def test_the_same_bytes_every_time() -> None:
    assert template.workbook() == template.workbook()
    assert list(template.csv_files()) == list(template.csv_files())


# Filled in by a user


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("filled") / "ht2026.xlsx"
    fill_in(load_workbook(io.BytesIO(template.workbook())), EXAMPLE).save(path)
    return path


def test_filled_in_with_the_example_it_reads_as_the_csv_form(filled: Path) -> None:
    reading, wanted = read_problem(filled), read_problem(EXAMPLE)
    assert problem_of(reading) == problem_of(wanted)
    assert {str(warning) for warning in reading.warnings} == {str(warning) for warning in wanted.warnings}


def test_saved_again_by_libreoffice_it_reads_the_same_and_keeps_its_lists_and_limits(
    tmp_path: Path, filled: Path, libreoffice: str
) -> None:
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [libreoffice, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path), str(filled)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    again = tmp_path / filled.name
    assert problem_of(read_problem(again)) == problem_of(read_problem(EXAMPLE))
    saved, given = load_workbook(again), load_workbook(filled)
    for table in TABLES:
        for column in table.columns:
            kept, made = (validation_of(book, table.name, column.name) for book in (saved, given))
            assert (kept and (kept.type, kept.error, kept.prompt)) == (made and (made.type, made.error, made.prompt))
    assert {list_name("förvaltningar"), list_name("nyanställda")} <= set(saved.defined_names)
