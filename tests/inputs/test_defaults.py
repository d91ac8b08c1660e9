"""What is left out of the input (INPUT.md, "Tables"): defaults, and tables made from what the others say."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

import pytest

from inputs.read import read_problem
from models.ids import RoundStatus
from models.problem import Credit, Hire, Module, Organisation, Programme, Round, Settings, TermProblem
from tests.inputs.example import (
    PLANNING_DATE,
    Tables,
    add,
    drop_column,
    errors,
    example,
    put,
    read,
)

CASES = sorted((Path(__file__).parents[1] / "data" / "cases").glob("**/in"))


def _problem(tmp_path: Path, tables: Tables) -> TermProblem:
    reading = read(tmp_path, tables)
    assert reading.problem is not None, [str(finding) for finding in reading.errors]
    return reading.problem


def _least() -> Tables:
    """Required tables and columns only."""
    return {
        "utbildningar": [["id", "namn"], ["CI", "Central introduktion"]],
        "omgångar": [["id", "utbildning", "platser"], ["r", "CI", "5"]],
        "tillfällen": [
            ["omgång", "datum", "start", "slut"],
            ["r", "2026-09-08", "9", "16"],
            ["r", "2026-09-01", "9", "16"],
        ],
        "nyanställda": [["id", "namn", "förvaltning", "anställd_från"], ["p1", "Anna Ek", "Centrum", "2026-08-17"]],
    }


def test_all_that_may_be_left_out_has_the_default_of_the_contract(tmp_path: Path) -> None:
    problem = _problem(tmp_path, _least())
    assert problem.settings == Settings(horizon_start=date(2026, 9, 1), horizon_end=date(2026, 9, 8))
    assert problem.organisations == (Organisation(id="Centrum", name="Centrum"),)
    assert problem.programmes == (
        Programme(
            id="CI", name="Central introduktion", deadline_months=4, modules=(Module(number=1, name="Moment 1"),)
        ),
    )
    assert problem.rounds == (Round(id="r", programme="CI", seats=5),)
    assert problem.hires == (Hire(id="p1", name="Anna Ek", organisation="Centrum", starts=date(2026, 8, 17)),)


def test_sessions_get_ids_and_meeting_numbers_by_date_whatever_the_order_of_rows(tmp_path: Path) -> None:
    tables = add(_least(), "tillfällen", "r;2026-08-25;9;16")
    put(tables, "tillfällen", 3, "id", "eget")
    sessions = _problem(tmp_path, tables).sessions
    assert [(s.id, s.meeting, s.day.isoformat()) for s in sessions] == [
        ("eget", 2, "2026-09-01"),
        ("r-1", 1, "2026-08-25"),
        ("r-1-3", 3, "2026-09-08"),
    ]


def test_cancelled_meetings_count_in_the_numbers(tmp_path: Path) -> None:
    sessions = _problem(tmp_path, put(_least(), "tillfällen", 2, "status", "Inställd")).sessions
    assert [(s.id, s.cancelled) for s in sessions] == [("r-1", False), ("r-1-2", True)]


def test_a_sessions_own_seats_override_the_rounds(tmp_path: Path) -> None:
    sessions = _problem(tmp_path, put(_least(), "tillfällen", 3, "platser", "3,0")).sessions
    assert [s.seats for s in sessions] == [3, 5]


@pytest.mark.parametrize(("cell", "months"), [("", 6), ("0", 0), ("2", 2)])
def test_a_blank_deadline_is_the_settings_and_zero_is_none(tmp_path: Path, cell: str, months: int) -> None:
    tables = put(_least(), "utbildningar", 2, "frist_månader", cell)
    tables["inställningar"] = [["nyckel", "värde"], ["frist_månader", "6"]]
    assert _problem(tmp_path, tables).programmes[0].deadline_months == months


def test_modules_are_those_seen_in_the_sessions_when_none_are_listed(tmp_path: Path) -> None:
    tables = put(put(_least(), "tillfällen", 2, "moment", "2"), "tillfällen", 3, "moment", "5")
    modules = _problem(tmp_path, tables).programmes[0].modules
    assert [module.number for module in modules] == [2, 5]


def test_a_programme_without_modules_and_sessions_has_one_module(tmp_path: Path) -> None:
    programmes = _problem(tmp_path, add(_least(), "utbildningar", "YR;Yrkesresan")).programmes
    assert programmes[1].modules == (Module(number=1, name="Moment 1"),)


@pytest.mark.parametrize("empty", [False, True])
def test_without_rounds_each_one_seen_in_the_sessions_is_fixed_and_open_to_all(tmp_path: Path, empty: bool) -> None:
    tables = put(put(_least(), "tillfällen", 2, "platser", "7"), "tillfällen", 2, "utbildning", "CI")
    put(tables, "tillfällen", 3, "utbildning", "CI")
    rounds = tables.pop("omgångar")
    if empty:
        tables["omgångar"] = rounds[:1]
    problem = _problem(tmp_path, tables)
    assert problem.rounds == (Round(id="r", programme="CI", seats=7, status=RoundStatus.FIXED),)
    assert [s.seats for s in problem.sessions] == [7, 7]


def test_without_rounds_programme_and_seats_must_stand_in_the_sessions(tmp_path: Path) -> None:
    tables = _least()
    del tables["omgångar"]
    assert errors(tmp_path, tables) == [
        "tillfällen, kolumn platser: kolumnen saknas; den behövs här när tabellen omgångar saknas",
        "tillfällen, kolumn utbildning: kolumnen saknas; den behövs här när tabellen omgångar saknas",
    ]


def test_without_rounds_a_blank_programme_or_first_number_of_seats_is_an_error(tmp_path: Path) -> None:
    tables = put(put(_least(), "tillfällen", 3, "platser", "7"), "tillfällen", 2, "utbildning", "CI")
    del tables["omgångar"]
    assert errors(tmp_path, tables) == [
        "tillfällen, rad 2, kolumn platser: värde saknas; det behövs här när tabellen omgångar saknas",
        "tillfällen, rad 3, kolumn utbildning: värde saknas; det behövs här när tabellen omgångar saknas",
    ]


def test_without_rounds_one_id_cannot_be_a_round_of_two_programmes(tmp_path: Path) -> None:
    tables = put(put(_least(), "tillfällen", 2, "platser", "7"), "tillfällen", 2, "utbildning", "CI")
    put(add(tables, "utbildningar", "YR;Yrkesresan"), "tillfällen", 3, "utbildning", "YR")
    del tables["omgångar"]
    assert errors(tmp_path, tables) == [
        'tillfällen, rad 3, kolumn omgång: "r" hör redan till CI (rad 2); ge omgångarna olika id'
    ]


def test_without_administrations_the_ids_used_anywhere_are_taken(tmp_path: Path) -> None:
    tables = put(_least(), "omgångar", 2, "förvaltning", "Nordost, Sydväst")
    tables["lov"] = [["namn", "från", "till", "förvaltning"], ["Lov", "2026-10-26", "2026-10-30", "Väst;Öst"]]
    tables["kvoter"] = [["omgång", "förvaltning"], ["r", "Hisingen"]]
    ids = [organisation.id for organisation in _problem(tmp_path, tables).organisations]
    assert ids == ["Centrum", "Hisingen", "Nordost", "Sydväst", "Väst", "Öst"]


def test_neither_sessions_nor_dates_of_the_term_is_an_error(tmp_path: Path) -> None:
    tables = _least()
    del tables["tillfällen"][1:]
    put(tables, "utbildningar", 2, "sammanhållen", "nej")
    assert errors(tmp_path, tables) == [
        "inställningar: varken tillfällen eller terminsstart och terminsslut är angivna; ange terminen"
    ]


def test_a_credit_is_a_programme_or_one_of_its_modules(tmp_path: Path) -> None:
    tables = put(_least(), "nyanställda", 2, "tillgodoräknas", "CI:1; CI; A:1")
    hires = _problem(tmp_path, add(tables, "utbildningar", "A:1;Med kolon i id")).hires
    assert hires[0].credits == (Credit(programme="A:1"), Credit(programme="CI"), Credit(programme="CI", module=1))


def test_row_order_makes_no_difference_where_it_carries_no_meaning(tmp_path: Path) -> None:
    expected = _problem(tmp_path / "plain", example())
    for seed in range(5):
        tables = example()
        for name, rows in tables.items():
            if name != "tillfällen":
                body = rows[1:]
                random.Random(seed).shuffle(body)
                rows[1:] = body
        assert _problem(tmp_path / str(seed), tables) == expected


def test_defaults_written_out_or_not_are_one_problem(tmp_path: Path) -> None:
    tables = drop_column(example(), "utbildningar", "sammanhållen")
    put(put(tables, "utbildningar", 3, "sammanhållen", "nej"), "utbildningar", 2, "gäller", "Alla")
    put(put(tables, "nyanställda", 2, "erfaren", "nej"), "nyanställda", 4, "arbetsdagar", "1-5")
    add(add(tables, "inställningar", "helgdagar;se"), "inställningar", "öppna veckodagar;måndag,tis,3-5")
    assert _problem(tmp_path / "a", tables) == _problem(tmp_path / "b", example())


def test_sets_are_sorted_and_trainers_keep_their_order(tmp_path: Path) -> None:
    tables = put(
        put(example(), "tillfällen", 2, "utbildare", "Lind, Berg"), "omgångar", 4, "förvaltning", "Nordost;Centrum"
    )
    problem = _problem(tmp_path, put(tables, "nyanställda", 2, "målgrupp", "vuxna, barn, vuxna"))
    assert problem.session_by_id["CI-1-1"].trainers == ("Lind", "Berg")
    assert problem.round_by_id["HS-1"].organisations == ("Centrum", "Nordost")
    assert problem.hire_by_id["p1"].target_groups == ("barn", "vuxna")


def test_attendance_is_checked_against_the_argument_then_the_setting_then_today(tmp_path: Path) -> None:
    tables = add(example(), "inställningar", "planeringsdag;2026-09-08")
    assert len(read(tmp_path / "a", tables, None).errors) == 1
    assert read(tmp_path / "b", tables, date(2026, 9, 9)).errors == ()
    folder = tmp_path / "c"
    read(folder, example())
    assert len(read_problem(folder / "in", today=date(2026, 9, 8)).errors) == 1
    assert read_problem(folder / "in", today=PLANNING_DATE).errors == ()
    assert read_problem(folder / "in").errors == ()


@pytest.mark.parametrize("folder", CASES, ids=lambda path: str(path.relative_to(path.parents[1])))
def test_every_worked_example_of_the_contract_is_read_without_errors(folder: Path) -> None:
    assert read_problem(folder).errors == ()


def test_there_are_thirteen_worked_inputs() -> None:
    assert len(CASES) == 13
