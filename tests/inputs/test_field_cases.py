"""Inputs made after real reports: what is seen in Excel is what is read, or it is told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from inputs.read import Reading, read_problem
from models.problem import TermProblem

CASES = Path(__file__).parents[1] / "data" / "field" / "input"
NEWCOMER = Path(__file__).parents[1] / "data" / "field" / "newcomer"


def _read(case: str) -> Reading:
    return read_problem(CASES / case)


def _problem(case: str) -> TermProblem:
    problem = _read(case).problem
    assert problem is not None
    return problem


@pytest.mark.parametrize(
    ("case", "lines"),
    [
        (
            "csv-mac-dos/in-mac",
            [
                "utbildningar: filen ser ut att vara sparad som CSV för Macintosh eller MS-DOS; "
                'spara den i Excel som "CSV UTF-8"'
            ],
        ),
        (
            "error-cells/in.xlsx",
            [
                'nyanställda, rad 2, kolumn målgrupp: "#FIELD!" är ett fel från en formel i Excel; '
                "rätta formeln eller skriv värdet",
                'nyanställda, rad 3, kolumn namn: "#BUSY!" är ett fel från en formel i Excel; '
                "rätta formeln eller skriv värdet",
            ],
        ),
        (
            "merged-cells/in.xlsx",
            [
                "nyanställda, rad 2, kolumn målgrupp: cellerna E2:E4 är sammanfogade; "
                "dela upp dem och fyll i varje cell för sig",
                "nyanställda, rad 2, kolumn slutar: cellerna F2:F3 är sammanfogade; "
                "dela upp dem och fyll i varje cell för sig",
            ],
        ),
        (
            "numeric-list/in.xlsx",
            [
                'nyanställda, rad 2, kolumn utbildningar: "1,2" har Excel gjort om till ett tal; '
                "formatera cellen som text och skriv om"
            ],
        ),
        (
            "overbooked-bookings/in",
            [
                'bokningar, rad 4, kolumn tillfälle: "CI-1-1" har 2 platser men 3 bokningar (rad 2, 3, 4); '
                "ta bort 1, eller höj platser"
            ],
        ),
        (
            "strict-xlsx/in.xlsx",
            [
                '"in.xlsx" är sparad som "Strict Open XML-kalkylblad"; '
                'välj Spara som och filformatet "Excel-arbetsbok (*.xlsx)"'
            ],
        ),
        (
            "time-24/in.xlsx",
            [
                'tillfällen, rad 2, kolumn slut: "24:00:00" finns inte som klockslag; '
                "ett tillfälle slutar senast 23:59, skriv så"
            ],
        ),
        (
            "title-row/in.xlsx",
            [
                "nyanställda, rad 1: raden läses som rubriker, men rubrikerna ser ut att stå på rad 2; "
                "ta bort raderna ovanför"
            ],
        ),
    ],
)
def test_what_cannot_be_read_as_it_is_seen_is_an_error(case: str, lines: list[str]) -> None:
    assert [str(found) for found in _read(case).errors] == lines


@pytest.mark.parametrize(
    ("case", "lines"),
    [
        (
            "csv-folder-other-files/in",
            [
                'frånvaro: "frånvaro.csv.txt" läses inte; '
                "spara den som frånvaro.csv (filformat CSV UTF-8) om den ska räknas"
            ],
        ),
        (
            "hidden-rows/in.xlsx",
            ["nyanställda: 1 dold rad (rad 4) läses också; ta bort det som inte ska räknas"],
        ),
        (
            "min-unreachable/in",
            [
                'omgångar, rad 3: "HS-1" kan få högst 3 deltagare, men min_deltagare är 4: förslaget kan aldrig bli av'
                "; sänk min_deltagare, eller öppna omgången för fler"
            ],
        ),
        (
            "session-row-twice/in",
            [
                'tillfällen, rad 3: "CI-1-1-2" är samtidigt som rad 2 i samma omgång, så ingen kan gå CI-1; '
                "ta bort en av raderna eller byt tid"
            ],
        ),
        (
            "target-group-near-miss/in",
            [
                'nyanställda, rad 2, kolumn målgrupp: "Barn och unga" (nyanställda rad 2) skiljer sig bara i stora och '
                'små bokstäver från "barn och unga" (utbildningar rad 3; nyanställda rad 3, 4); '
                "de räknas som samma målgrupp"
            ],
        ),
        ("sep-line/in", []),
        ("million-formatted-rows/in.xlsx", []),
    ],
)
def test_what_is_read_but_may_be_meant_otherwise_is_a_warning(case: str, lines: list[str]) -> None:
    reading = _read(case)
    assert reading.errors == ()
    assert [str(found) for found in reading.warnings] == lines


def test_a_number_in_a_date_cell_is_the_date_it_spells() -> None:
    assert {hire.starts for hire in _problem("date-cell-yyyymmdd/in.xlsx").hires} == {date(2026, 8, 17)}


def test_until_further_notice_is_no_last_day() -> None:
    assert {hire.ends for hire in _problem("open-ended-9999/in").hires} == {None}


def test_percent_is_read_as_shown() -> None:
    assert _problem("percent-cell/in.xlsx").settings.max_share_percent == 100


def test_target_groups_that_differ_by_capitals_and_spaces_are_one() -> None:
    assert {hire.target_groups for hire in _problem("target-group-near-miss/in").hires} == {("barn och unga",)}


def test_warnings_are_told_beside_errors() -> None:
    reading = _read("warnings-hidden/in")
    assert [found.column for found in reading.errors] == ["anställd_från"]
    assert [found.column or found.table for found in reading.warnings] == ["anstäld_från", "målgruppp", "frånvro"]


def test_a_year_mistyped_is_told_at_its_cell_and_not_person_by_person() -> None:
    reading = read_problem(NEWCOMER / "fel-ar.xlsx")
    astray = [(found.table, found.row) for found in reading.warnings if found.kind == "långt_utanför"]
    assert astray == [("tillfällen", 16), ("nyanställda", 18)]
    assert not [found for found in reading.warnings if found.kind == "nås_inte"]


def test_a_mistyped_target_group_is_asked_about_once() -> None:
    found = [w for w in read_problem(NEWCOMER / "malgrupp.xlsx").warnings if w.kind == "okänd_målgrupp"]
    assert [(w.row, 'menade du "barn och unga"?' in w.message) for w in found] == [(15, True)]
