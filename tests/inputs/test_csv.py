"""A folder of CSV files, as different programs write them."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from inputs.read import Reading, read_problem
from models.problem import TermProblem
from tests.inputs.example import PLANNING_DATE, csv_text, example, put, read, write_folder


def _problem(reading: Reading) -> TermProblem:
    assert reading.problem is not None, [str(finding) for finding in reading.errors]
    assert reading.warnings == ()
    return reading.problem


def _lines(reading: Reading) -> list[str]:
    return [str(finding) for finding in reading.errors]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_encoding_and_delimiter_make_no_difference(tmp_path: Path, encoding: str, delimiter: str) -> None:
    plain = _problem(read(tmp_path, example()))
    folder = tmp_path / "other"
    folder.mkdir()
    for name, rows in example().items():
        mark = "\ufeff" if encoding == "utf-16-be" else ""
        (folder / f"{name}.csv").write_bytes((mark + csv_text(rows, delimiter)).encode(encoding))
    assert _problem(read_problem(folder, PLANNING_DATE)) == plain


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_system_are_read(tmp_path: Path, newline: str) -> None:
    plain = _problem(read(tmp_path, example()))
    folder = tmp_path / "other"
    folder.mkdir()
    for name, rows in example().items():
        (folder / f"{name}.csv").write_bytes(csv_text(rows, newline=newline).rstrip().encode())
    assert _problem(read_problem(folder, PLANNING_DATE)) == plain


def test_names_of_files_and_columns_are_compared_without_case_dots_and_dashes(tmp_path: Path) -> None:
    plain = _problem(read(tmp_path, example()))
    tables = example()
    tables["NYANSTALLDA"] = tables.pop("nyanställda")
    tables[unicodedata.normalize("NFD", "tillfällen")] = tables.pop("tillfällen")
    heading = "ID; Namn ;Forvaltning;anställd från;E_POST;Ärenden-från;slutar;arbetsdagar;TILLGODORAKNAS"
    tables["NYANSTALLDA"][0] = heading.split(";")
    assert _problem(read_problem(write_folder(tmp_path / "other", tables), PLANNING_DATE)) == plain


def test_a_heading_in_quotes_with_the_other_delimiters_inside_is_understood(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "in", example())
    (folder / "lov.csv").write_text('"namn"\t"från"\t"till"\n"Lov; höst, vinter"\t2026-10-26\t2026-10-30\n')
    problem = _problem(read_problem(folder, PLANNING_DATE))
    assert [found.name for found in problem.breaks] == ["Lov; höst, vinter"]


def test_quotes_are_read_as_in_rfc_4180(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "in", example())
    (folder / "lov.csv").write_text('namn;från;till\n"Lov ""A""; del\r\n1";2026-10-26;2026-10-30\n')
    problem = _problem(read_problem(folder, PLANNING_DATE))
    assert [found.name for found in problem.breaks] == ['Lov "A"; del 1']


def test_a_quote_that_is_never_closed_is_one_error_and_not_lost_rows(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "in", example())
    text = csv_text(example()["nyanställda"]).replace("Bo Dahl", '"Bo Dahl')
    (folder / "nyanställda.csv").write_text(text)
    assert _lines(read_problem(folder)) == [
        'nyanställda, rad 3: ett citattecken (") stängs inte rätt i raden; ta bort det, '
        'eller skriv det dubbelt ("") inne i text'
    ]


def test_a_file_that_is_no_text_is_one_error(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "in", example())
    (folder / "nyanställda.csv").write_bytes(b"PK\x03\x04\x00\x00\x81\x8d")
    assert _lines(read_problem(folder)) == [
        'nyanställda: filen är ingen text; spara den i Excel som "CSV UTF-8"',
    ]


def test_a_null_in_a_cell_is_told_with_its_place(tmp_path: Path) -> None:
    assert _lines(read(tmp_path, put(example(), "nyanställda", 2, "namn", "Anna\0"))) == [
        'nyanställda, rad 2, kolumn namn: "Anna\N{REPLACEMENT CHARACTER}" innehåller styrtecken; '
        "skriv om cellen för hand"
    ]


@pytest.mark.parametrize("path", ["/dev/zero", "x" * 5000, "a\0b"])
def test_a_path_that_is_no_file_is_an_error(path: str) -> None:
    assert len(_lines(read_problem(Path(path)))) == 1


def test_a_file_over_the_limit_is_refused_unread(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "in", example())
    with (folder / "nyanställda.csv").open("wb") as file:
        file.truncate(50_000_001)
    assert _lines(read_problem(folder)) == ["nyanställda: filen är större än 50 MB; dela upp eller rensa den"]


def test_a_folder_without_tables_is_an_error_that_says_what_to_give(tmp_path: Path) -> None:
    (tmp_path / "brev.docx").write_bytes(b"")
    (tmp_path / "._nyanställda.csv").write_bytes(b"\x00\x05\x16\x07")
    assert _lines(read_problem(tmp_path)) == [
        f'"{tmp_path}" har inga CSV-filer; ange mappen med tabellerna som nyanställda.csv, eller en arbetsbok (.xlsx)'
    ]


def test_a_missing_path_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "fel"
    assert _lines(read_problem(path)) == [f'"{path}" finns inte; ange en mapp med CSV-filer eller en arbetsbok (.xlsx)']


def test_one_csv_file_alone_is_an_error_that_says_what_to_give(tmp_path: Path) -> None:
    path = write_folder(tmp_path, example()) / "lov.csv"
    assert _lines(read_problem(path)) == [f'"{path}" är en enda CSV-fil; ange mappen där alla tabeller ligger']


def test_unknown_tables_columns_and_settings_are_warnings_with_a_suggestion(tmp_path: Path) -> None:
    tables = put(example(), "nyanställda", 2, "prioritetet", "1")
    tables["frånvarro"] = [["nyanställd", "från", "till"]]
    tables["inställningar"].append(["varseltid", "3"])
    reading = read(tmp_path, tables)
    assert reading.problem is not None
    assert [str(finding) for finding in reading.warnings] == [
        'inställningar, rad 6, kolumn nyckel: "varseltid" är ingen inställning och läses inte; '
        'menade du "varseltid_dagar"?',
        'nyanställda, rad 1, kolumn prioritetet: kolumnen är okänd och läses inte; menade du "prioritet"?',
        'frånvarro: tabellen är okänd och läses inte; menade du "frånvaro"?',
    ]


def test_a_column_without_heading_is_a_warning(tmp_path: Path) -> None:
    tables = put(example(), "lov", 2, "", "kommentar")
    reading = read(tmp_path, tables)
    assert [str(finding) for finding in reading.warnings] == [
        "lov, rad 2, kolumn E: kolumnen saknar rubrik och läses inte"
    ]


def test_an_empty_optional_file_is_as_good_as_none(tmp_path: Path) -> None:
    tables = example()
    del tables["lov"]
    without = _problem(read(tmp_path, tables))
    folder = write_folder(tmp_path / "in", tables)
    (folder / "lov.csv").write_bytes(b"\r\n\r\n")
    assert _problem(read_problem(folder, PLANNING_DATE)) == without
