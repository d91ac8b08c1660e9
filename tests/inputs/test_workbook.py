"""A workbook, as Excel, LibreOffice and worse write them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date, time
from pathlib import Path

import pytest
import xlsxwriter
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font

from inputs.read import Reading, read_problem
from models.problem import TermProblem
from tests.inputs.example import PLANNING_DATE, Tables, example, put, read, write_workbook

TERM = (date(2026, 8, 17), date(2027, 1, 15))
"""First and last day, as the settings have them."""


def _lines(reading: Reading) -> list[str]:
    assert reading.problem is None
    return [str(finding) for finding in reading.errors]


def _book(tmp_path: Path, tables: Tables, **options: object) -> Reading:
    return read_problem(write_workbook(tmp_path / "in.xlsx", tables, **options), PLANNING_DATE)


def _typed() -> Tables:
    """The example as Excel holds it: dates, times and numbers are no texts."""
    tables = example()
    for rows in tables.values():
        for row in rows[1:]:
            row[:] = [_as_excel(cell) for cell in row]
    return tables


def _as_excel(cell: str) -> object:
    parsers: list[Callable[[str], object]] = [int, date.fromisoformat, *([time.fromisoformat] if ":" in cell else [])]
    for parse in parsers:
        try:
            return parse(cell)
        except ValueError:
            continue
    return cell


@pytest.fixture
def expected(tmp_path: Path) -> TermProblem:
    problem = read(tmp_path, example()).problem
    assert problem is not None
    return problem


def test_a_workbook_gives_the_same_problem_as_the_folder(tmp_path: Path, expected: TermProblem) -> None:
    assert _book(tmp_path, example()) == Reading(expected, (), (), TERM)


@pytest.mark.parametrize("since_1904", [False, True])
def test_real_excel_dates_times_and_numbers_of_both_date_systems(
    tmp_path: Path, expected: TermProblem, since_1904: bool
) -> None:
    assert _book(tmp_path, _typed(), date_1904=since_1904) == Reading(expected, (), (), TERM)


def test_formulas_are_read_by_their_stored_value(tmp_path: Path, expected: TermProblem) -> None:
    path = write_workbook(tmp_path / "in.xlsx", example())
    cell = '<c r="D2"><f>DATE(2026,8,17)</f><v>20260817</v></c>'
    _rewrite(path, {_part(path, "nyanställda"): lambda t: re.sub('<c r="D2".*?</c>', cell, t)})
    assert read_problem(path, PLANNING_DATE) == Reading(expected, (), (), TERM)


def test_a_formula_that_nobody_has_computed_is_an_error_and_not_blank(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "in.xlsx", example())
    book = load_workbook(path)
    book["nyanställda"]["F2"] = "=D2+60"
    book.save(path)
    assert _lines(read_problem(path)) == [
        'nyanställda, rad 2, kolumn ärenden_från: "formel" har inget sparat värde; '
        "öppna arbetsboken i Excel och spara den, eller skriv värdet"
    ]


def test_a_formula_that_gives_an_empty_text_is_blank(tmp_path: Path, expected: TermProblem) -> None:
    path = write_workbook(tmp_path / "in.xlsx", example())
    cell = '<c r="J2" t="str"><f>""</f><v></v></c></row>'
    _rewrite(path, {_part(path, "nyanställda"): lambda t: _in_row(t, 2, cell)})
    assert read_problem(path, PLANNING_DATE) == Reading(expected, (), (), TERM)


def test_a_diagram_on_a_sheet_of_its_own_is_no_table(tmp_path: Path, expected: TermProblem) -> None:
    path = tmp_path / "in.xlsx"
    book = xlsxwriter.Workbook(str(path))
    for name, rows in example().items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "=kvoter!$D$2:$D$3"})
    book.add_chartsheet("Diagram").set_chart(chart)
    book.close()
    assert read_problem(path, PLANNING_DATE) == Reading(expected, (), (), TERM)


def test_an_error_of_a_formula_is_an_error_with_its_place(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "in.xlsx", example())
    book = load_workbook(path)
    book["nyanställda"]["D3"] = "#DIV/0!"
    book.save(path)
    assert _lines(read_problem(path)) == [
        'nyanställda, rad 3, kolumn anställd_från: "#DIV/0!" är ett fel från en formel i Excel; '
        "rätta formeln eller skriv värdet"
    ]


def test_ids_typed_as_numbers_are_their_digits(tmp_path: Path) -> None:
    tables = put(put(example(), "nyanställda", 4, "id", 17), "nyanställda", 4, "e-post", "")
    tables["frånvaro"].append(["17", date(2026, 10, 5), date(2026, 10, 5)])
    problem = _book(tmp_path, tables).problem
    assert problem is not None
    assert problem.hires[0].id == "17"


def test_text_that_excel_took_for_a_date_says_what_to_do(tmp_path: Path) -> None:
    tables = put(example(), "nyanställda", 2, "arbetsdagar", date(2026, 5, 1))
    assert _lines(_book(tmp_path, tables)) == [
        'nyanställda, rad 2, kolumn arbetsdagar: "2026-05-01" har Excel gjort om till datum; '
        "skriv mån-fre, eller formatera cellen som text"
    ]


def test_empty_rows_and_formatted_cells_after_the_table_are_nothing(tmp_path: Path, expected: TermProblem) -> None:
    path = write_workbook(tmp_path / "in.xlsx", example())
    book = load_workbook(path)
    book["lov"]["A900"].number_format = "yyyy-mm-dd"
    book["lov"]["ZZ3"].number_format = "yyyy-mm-dd"
    book.create_sheet("Blad1")
    book.save(path)
    assert read_problem(path, PLANNING_DATE) == Reading(expected, (), (), TERM)


def test_row_numbers_are_those_of_excel_with_rows_left_empty(tmp_path: Path) -> None:
    tables = put(example(), "nyanställda", 4, "anställd_från", "igår")
    tables["nyanställda"][1:1] = [[], []]
    tables["nyanställda"].insert(0, [])
    assert [finding.row for finding in _book(tmp_path, tables).errors] == [7]


def test_merged_cells_are_one_error_with_their_range(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "in.xlsx", example())
    book = load_workbook(path)
    book["nyanställda"].merge_cells("C2:C4")
    book.save(path)
    assert _lines(read_problem(path)) == [
        "nyanställda, rad 2, kolumn förvaltning: cellerna C2:C4 är sammanfogade; "
        "dela upp dem och fyll i varje cell för sig",
    ]


def test_merged_cells_are_an_error_though_they_are_empty(tmp_path: Path) -> None:
    """What stood in the lower ones is gone, and the file does not tell of it."""
    path = write_workbook(tmp_path / "in.xlsx", example())
    book = load_workbook(path)
    place = example()["omgångar"][0].index("status") + 1
    book["omgångar"].merge_cells(start_row=2, end_row=3, start_column=place, end_column=place)
    book.save(path)
    (line,) = _lines(read_problem(path, PLANNING_DATE))
    assert line.startswith("omgångar, rad 2, kolumn status: cellerna G2:G3 är sammanfogade")


def test_an_error_of_a_formula_is_no_name_of_a_setting(tmp_path: Path) -> None:
    (line,) = _lines(_book(tmp_path, put(example(), "inställningar", 2, "nyckel", "#N/A")))
    assert line.startswith('inställningar, rad 2, kolumn nyckel: "#N/A" är ett fel från en formel')


def test_notes_beside_a_table_are_a_warning_but_an_error_beside_absences(tmp_path: Path) -> None:
    tables = example()
    tables["lov"][1] += ["", "från kommunens webb"]
    tables["frånvaro"][1] += ["", "VAB"]
    reading = _book(tmp_path, tables)
    assert _lines(reading) == [
        "frånvaro, rad 2: raden har fler celler än rubriker; ta bort dem, eller sätt citattecken om text "
        "med skiljetecken i"
    ]
    assert [str(f) for f in reading.warnings] == ["lov, rad 2, kolumn F: kolumnen saknar rubrik och läses inte"]


def test_an_unknown_sheet_is_a_warning_and_the_reading_guide_is_none(tmp_path: Path) -> None:
    tables = example()
    tables = {"Läs mig": [["Fyll i tabellerna"]], **tables, "privat": [["ring Bo"]]}
    assert [str(f) for f in _book(tmp_path, tables).warnings] == ["privat: tabellen är okänd och läses inte"]


def test_a_sheet_of_notes_is_not_taken_for_a_mistyped_table(tmp_path: Path) -> None:
    tables = {**example(), "Anteckningar": [["ring Bo"]], "Okningar": [["ring Bo"]]}
    assert [str(f) for f in _book(tmp_path, tables).warnings] == [
        "Anteckningar: tabellen är okänd och läses inte",
        'Okningar: tabellen är okänd och läses inte; menade du "bokningar"?',
    ]


def test_carriage_returns_as_excel_escapes_them_are_line_breaks(tmp_path: Path) -> None:
    tables = put(example(), "nyanställda", 2, "namn", "Anna\r\nEk")
    problem = _book(tmp_path, tables).problem
    assert problem is not None
    assert problem.hires[0].name == "Anna Ek"


def _part(path: Path, sheet: str) -> str:
    return f"xl/worksheets/sheet{load_workbook(path).sheetnames.index(sheet) + 1}.xml"


def _in_row(text: str, row: int, cell: str) -> str:
    end = text.index("</row>", text.index(f'<row r="{row}"'))
    return text[:end] + cell + text[end + len("</row>") :]


def _rewrite(path: Path, changes: dict[str, Callable[[str], str]]) -> None:
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, changes[name](data.decode()).encode() if name in changes else data)


DAMAGED = '"in.xlsx" kan inte läsas som arbetsbok; öppna den i Excel och spara om den som .xlsx'


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"", DAMAGED),
        (b"id;namn\r\n1;Anna\r\n", DAMAGED),
        (b"PK\x03\x04garbage", DAMAGED),
        (b"<html><table></table></html>", DAMAGED),
        (
            bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 512 + "EncryptedPackage".encode("utf-16-le"),
            '"in.xlsx" är skyddad med lösenord; spara den utan lösenord',
        ),
        (
            bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 512,
            '"in.xlsx" är en arbetsbok i det gamla formatet .xls; spara om den som .xlsx',
        ),
    ],
)
def test_a_file_that_is_no_workbook_is_one_error(tmp_path: Path, data: bytes, line: str) -> None:
    (tmp_path / "in.xlsx").write_bytes(data)
    assert _lines(read_problem(tmp_path / "in.xlsx")) == [line]


@pytest.mark.parametrize(
    "part",
    [
        "[Content_Types].xml",
        "xl/workbook.xml",
        "xl/worksheets/sheet1.xml",
        "xl/sharedStrings.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
    ],
)
@pytest.mark.parametrize("damage", [lambda t: "", lambda t: t[: len(t) // 2], lambda t: "<a/>"])
def test_a_workbook_with_a_damaged_part_never_ends_in_a_traceback(
    tmp_path: Path, part: str, damage: Callable[[str], str]
) -> None:
    path = write_workbook(tmp_path / "in.xlsx", example())
    _rewrite(path, {part: damage})
    reading = read_problem(path)
    assert (reading.problem is None) == bool(reading.errors)


def test_a_zip_that_is_no_workbook_is_one_error(tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<a/>")
    assert _lines(read_problem(path)) == [DAMAGED]


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "in.xlsx", example())
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/media/x.bin", "w") as member:
        for _ in range(201):
            member.write(bytes(1_000_000))
    assert _lines(read_problem(path)) == ['"in.xlsx" blir större än 200 MB uppackad; rensa arbetsboken']


def test_entities_that_would_fill_the_memory_are_refused(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "in.xlsx", example())
    bomb = '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]>'
    _rewrite(path, {"xl/sharedStrings.xml": lambda t: t.replace("<sst", f"{bomb}<sst")})
    assert _lines(read_problem(path)) == [DAMAGED]


def test_a_row_or_column_far_out_takes_no_time(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "in.xlsx", example())
    far = '<row r="99999999"><c r="ZZZ99999999"><v>1</v></c></row></sheetData>'
    _rewrite(path, {"xl/worksheets/sheet1.xml": lambda t: t.replace("</sheetData>", far)})
    assert read_problem(path, PLANNING_DATE).problem is not None


def test_a_workbook_over_the_limit_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    with path.open("wb") as file:
        file.truncate(50_000_001)
    assert _lines(read_problem(path)) == ['"in.xlsx" är större än 50 MB; rensa arbetsboken']


def test_an_empty_workbook_names_the_tables_that_are_missing(tmp_path: Path) -> None:
    book = Workbook()
    data = io.BytesIO()
    book.save(data)
    (tmp_path / "in.xlsx").write_bytes(data.getvalue())
    assert [f.table for f in read_problem(tmp_path / "in.xlsx").errors] == ["utbildningar", "tillfällen", "nyanställda"]


def test_rows_with_text_that_is_struck_through_are_read_and_told(tmp_path: Path) -> None:
    book = load_workbook(write_workbook(tmp_path / "in.xlsx", example()))
    struck = Font(strike=True)
    for table, row in (("nyanställda", 3), ("omgångar", 2), ("omgångar", 4), ("nyanställda", 1)):
        for cell in book[table][row]:
            cell.font = struck
    book["lov"]["A7"].font = struck
    book["utbildningar"]["A2"].font = Font(bold=True)
    book.save(tmp_path / "in.xlsx")
    reading = read_problem(tmp_path / "in.xlsx", PLANNING_DATE)
    assert reading.problem is not None
    assert [str(finding) for finding in reading.warnings] == [
        "omgångar: 2 rader har genomstruken text (den första är rad 2) och läses ändå; ta bort det som inte ska räknas",
        "nyanställda: 1 rad har genomstruken text (rad 3) och läses ändå; ta bort det som inte ska räknas",
    ]


@pytest.mark.parametrize(
    ("shown_as", "id_"),
    [
        ("000", "007"),
        ('"p"000', "p007"),
        (r"\p00", "p07"),
        ('"A-"0', "A-7"),
        ("0", "7"),
        ('"kr"0', "7"),
        ("#,##0", "7"),
    ],
)
def test_an_id_is_read_as_its_format_shows_it(tmp_path: Path, shown_as: str, id_: str) -> None:
    book = load_workbook(write_workbook(tmp_path / "in.xlsx", example()))
    for table, cell in (("nyanställda", "A4"), ("omgångar", "D2")):
        book[table][cell] = 7
    book["nyanställda"]["A4"].number_format = shown_as
    book["omgångar"]["D2"].number_format = '0" platser"'
    book.save(tmp_path / "in.xlsx")
    reading = read_problem(tmp_path / "in.xlsx", PLANNING_DATE)
    assert reading.problem is not None, reading.errors
    assert id_ in reading.problem.hire_by_id
    assert reading.problem.round_by_id["CI-1"].seats == 7


@pytest.mark.parametrize("word", ["Summa", "TOTALT:", " Totalt : "])
def test_a_sum_below_a_table_is_told(tmp_path: Path, word: str) -> None:
    tables = example()
    tables["förvaltningar"].append([word, "3 förvaltningar", ""])
    reading = _book(tmp_path, tables)
    assert reading.problem is not None
    (told,) = reading.warnings
    assert str(told) == (
        f'förvaltningar, rad 5, kolumn id: "{" ".join(word.split())}" ser ut som en summering men läses som en rad; '
        "ta bort den ur tabellen"
    )
