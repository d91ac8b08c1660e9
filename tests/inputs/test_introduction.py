"""What belongs to an introduction besides seats, and what a
person decides by hand: bars, trainers, mentors, tasks, forecasts.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from inputs.read import read_problem
from models.ids import MentorUnit, Repeat
from models.problem import Absence, Barred, Forecast, Mentor, Part, Task, TermProblem, Trainer
from outputs.plan_json import problem_bytes
from outputs.plan_json import read_problem as read_stored
from tests.inputs.example import Tables, add, errors, example, put, read, warnings, write_workbook

NEW = ("spärrar", "utbildare", "mentorer", "uppgifter", "prognos")


def problem_of(tmp_path: Path, tables: Tables) -> TermProblem:
    reading = read(tmp_path, tables)
    assert reading.problem is not None, [str(finding) for finding in reading.errors]
    return reading.problem


def setting(tables: Tables, key: str, value: str) -> Tables:
    return add(tables, "inställningar", f"{key};{value}")


def alone(tables: Tables) -> Tables:
    """The example with a programme that is taken alone."""
    add(tables, "utbildningar", "WEB;Webbkurs")
    return put(tables, "utbildningar", 4, "form", "egen tid")


# Rows of the new tables


def test_the_new_tables_are_read_with_the_defaults_of_the_contract(tmp_path: Path) -> None:
    problem = problem_of(tmp_path, example())
    assert problem.barred == (Barred(hire="p2", round="CI-2"),)
    assert problem.trainers[1] == Trainer(
        id="B", name="Berg", email="berg@example.se", organisation="Centrum", unit="Kompetens"
    )
    assert problem.mentors == (
        Mentor(
            id="m1",
            name="Gun Holm",
            organisation="Nordost",
            email="gun@example.se",
            weekdays=(1, 2, 3, 4),
            at_most=2,
            first=date(2026, 8, 1),
        ),
    )
    assert problem.tasks == (
        Task(id="U1", name="Välkomstsamtal", responsible="chef", from_day=0, to_day=5, minutes=90),
        Task(
            id="U2",
            name="Reflektion",
            responsible="mentor",
            from_day=7,
            to_day=90,
            after=(Part(programme="CI", module=1),),
            repeats=Repeat.FORTNIGHTLY,
        ),
    )
    assert problem.forecast == (Forecast(month=date(2027, 1, 1), organisation="Centrum", expected=2.5, dispersion=1.2),)


def test_all_new_tables_may_be_missing_and_then_nothing_of_them_is_stored(tmp_path: Path) -> None:
    tables = example()
    for name in NEW:
        del tables[name]
    stored = problem_bytes(problem_of(tmp_path, tables)).decode()
    words = (
        "barred",
        'trainers": [{',
        "mentors",
        "tasks",
        "forecast",
        "half_day",
        "own_time",
        "cost",
        "manager",
        'trainer"',
    )
    assert [word for word in words if word in stored] == []


def test_a_stored_problem_with_all_of_it_is_read_back_as_the_same(tmp_path: Path) -> None:
    tables = setting(setting(example(), "halvdag_timmar", "3,5"), "max_kursdagar_per_vecka", "2,5")
    add(tables, "frånvaro", "")
    put(
        put(put(tables, "frånvaro", 3, "utbildare", "B"), "frånvaro", 3, "från", "2026-12-01"),
        "frånvaro",
        3,
        "till",
        "2026-12-02",
    )
    put(put(tables, "nyanställda", 2, "frist_från", "2026-09-01"), "nyanställda", 2, "chef", "Pia Lo")
    problem = problem_of(tmp_path, alone(put(tables, "omgångar", 2, "kostnad", "250000")))
    assert problem.rounds[0].cost == 250_000
    assert problem.hire_by_id["p1"].deadlines_count_from == date(2026, 9, 1)
    assert read_stored(problem_bytes(problem)) == problem
    assert b'"weekly_cap": 2.5' in problem_bytes(problem)


def test_a_task_without_a_first_day_may_begin_on_the_start_date_but_never_after_its_last_day(tmp_path: Path) -> None:
    tables = put(put(example(), "uppgifter", 2, "från_dag", ""), "uppgifter", 3, "från_dag", "")
    problem = problem_of(tmp_path, put(put(tables, "uppgifter", 3, "till_dag", "-7"), "uppgifter", 3, "efter", ""))
    assert [(task.from_day, task.to_day) for task in problem.tasks] == [(0, 5), (-7, -7)]


def test_who_is_responsible_is_one_of_the_words_in_any_spelling_or_anybody_else(tmp_path: Path) -> None:
    tables = put(put(example(), "uppgifter", 2, "ansvarig", "Nyanstalld"), "uppgifter", 3, "ansvarig", "IT-enheten")
    assert [task.responsible for task in problem_of(tmp_path, tables).tasks] == ["nyanställd", "IT-enheten"]


@pytest.mark.parametrize("month", ["2027-01", date(2027, 1, 1), "2027-01-01"])
def test_a_month_is_read_as_written_and_as_excel_makes_a_date_of_it(tmp_path: Path, month: object) -> None:
    book = write_workbook(tmp_path / "in.xlsx", put(example(), "prognos", 2, "månad", month))
    problem = read_problem(book, date(2026, 9, 10)).problem
    assert problem is not None
    assert problem.forecast[0].month == date(2027, 1, 1)


# Half course days


@pytest.mark.parametrize(("written", "cap"), [("2,5", 2.5), ("2.5", 2.5), ("3,0", 3), ("3", 3)])
def test_weekly_caps_may_have_a_half_where_half_days_are_told(tmp_path: Path, written: str, cap: float) -> None:
    tables = setting(setting(example(), "halvdag_timmar", "4"), "max_kursdagar_per_vecka", written)
    settings = problem_of(tmp_path, tables).settings
    assert (settings.weekly_cap, type(settings.weekly_cap)) == (cap, type(cap))
    assert settings.weekly_cap_halves == 2 * cap
    assert settings.half_day_minutes == 240


def test_a_half_cap_without_half_days_is_an_error_and_a_whole_one_is_not(tmp_path: Path) -> None:
    tables = setting(setting(example(), "max_kursdagar_per_vecka", "3,0"), "max_kursdagar_per_vecka_med_ärenden", "1,5")
    assert errors(tmp_path, tables) == [
        'inställningar, rad 7, kolumn värde: "1,5" (max_kursdagar_per_vecka_med_ärenden) är inget heltal; '
        "skriv ett heltal från 1 till 7, eller fyll i halvdag_timmar också"
    ]


@pytest.mark.parametrize("cap", ["2,25", "0,5", "7,5", "två"])
def test_a_cap_in_other_steps_or_out_of_bounds_is_an_error(tmp_path: Path, cap: str) -> None:
    tables = setting(setting(example(), "halvdag_timmar", "4"), "max_kursdagar_per_vecka", cap)
    (line,) = errors(tmp_path, tables)
    assert line.endswith("skriv ett tal från 1 till 7, helt eller halvt")


@pytest.mark.parametrize(("hours", "minutes"), [("3,5", 210), ("3,33", 199), ("4", 240), ("0,02", 1)])
def test_a_half_day_lasts_no_longer_than_its_hours(tmp_path: Path, hours: str, minutes: int) -> None:
    assert problem_of(tmp_path, setting(example(), "halvdag_timmar", hours)).settings.half_day_minutes == minutes


@pytest.mark.parametrize(("hours", "minutes"), [("1,5", 90), ("0,33", 20), ("2,01", 121)])
def test_hours_that_something_takes_are_told_to_the_nearest_minute(tmp_path: Path, hours: str, minutes: int) -> None:
    assert problem_of(tmp_path, put(example(), "utbildningar", 2, "timmar", hours)).programmes[0].minutes == minutes


# Bars


@pytest.mark.parametrize(("day", "told"), [("2026-09-10", True), ("2026-09-09", False)])
def test_a_booking_from_the_planning_date_on_in_a_barred_round_is_an_error(
    tmp_path: Path, day: str, told: bool
) -> None:
    tables = put(add(example(), "spärrar", "p1;CI-1"), "tillfällen", 3, "datum", day)
    put(tables, "utbildningar", 2, "dagar_mellan", "1")
    message = (
        'bokningar, rad 3, kolumn tillfälle: "CI-1-2" är i omgång CI-1, som p1 är spärrad från i tabellen spärrar '
        "(rad 3); ta bort bokningen eller spärren"
    )
    assert errors(tmp_path, tables) == ([message] if told else [])


def test_bars_given_twice_and_unknown_people_and_rounds_are_errors(tmp_path: Path) -> None:
    tables = add(add(add(example(), "spärrar", "p2;CI-2"), "spärrar", "p9;CI-2"), "spärrar", "p2;CI-9")
    lines = errors(tmp_path, tables)
    assert [line.split(":")[0] for line in lines] == [
        "spärrar, rad 3, kolumn omgång",
        "spärrar, rad 4, kolumn nyanställd",
        "spärrar, rad 5, kolumn omgång",
    ]


# Programmes taken alone


def test_a_programme_taken_alone_has_neither_rounds_nor_sessions(tmp_path: Path) -> None:
    tables = add(alone(example()), "omgångar", "W-1;WEB;;5;;;")
    add(tables, "tillfällen", "W-1;1;2026-11-03;09:00;12:00;;;")
    assert errors(tmp_path, tables) == [
        'omgångar, rad 5, kolumn utbildning: "WEB" görs på egen tid och har inga omgångar; ta bort raden, '
        "eller ändra form på bladet utbildningar",
        'tillfällen, rad 8, kolumn omgång: "W-1" hör till WEB, som görs på egen tid och inte har några tillfällen; '
        "ta bort raden, eller ändra form på bladet utbildningar",
    ]


def test_efter_to_and_from_what_is_taken_alone_is_told_and_ignored_even_in_a_circle(tmp_path: Path) -> None:
    tables = put(put(alone(example()), "utbildningar", 3, "efter", "CI, WEB"), "utbildningar", 4, "efter", "HS")
    assert warnings(tmp_path / "told", tables) == [
        'utbildningar, rad 3, kolumn efter: "WEB" räknas inte, eftersom WEB görs på egen tid; '
        "ta bort det, eller ändra form",
        'utbildningar, rad 4, kolumn efter: "HS" räknas inte, eftersom WEB görs på egen tid; '
        "ta bort det, eller ändra form",
    ]
    programmes = problem_of(tmp_path, tables).programme_by_id
    assert (programmes["HS"].after, programmes["WEB"].after) == (("CI",), ())


# Trainers


def test_a_trainer_goes_by_id_or_name_and_is_shown_by_name(tmp_path: Path) -> None:
    tables = put(put(example(), "tillfällen", 2, "utbildare", "B, Lind"), "tillfällen", 3, "utbildare", "Berg; B")
    sessions = problem_of(tmp_path, tables).session_by_id
    assert sessions["CI-1-1"].trainers == ("Berg", "Lind")
    assert sessions["CI-1-2"].trainers == ("Berg",)
    assert warnings(tmp_path / "told", tables) == []


def test_without_the_table_names_stand_as_written(tmp_path: Path) -> None:
    tables = example()
    del tables["utbildare"]
    assert problem_of(tmp_path, tables).session_by_id["CI-1-1"].trainers == ("Berg",)
    assert warnings(tmp_path / "told", tables) == []


def test_a_trainer_that_the_table_lacks_is_told_once_with_the_rows(tmp_path: Path) -> None:
    tables = put(put(example(), "tillfällen", 2, "utbildare", "Bergg"), "tillfällen", 3, "utbildare", "Bergg")
    assert warnings(tmp_path, tables) == [
        'tillfällen, rad 2, kolumn utbildare: "Bergg" finns inte i tabellen utbildare (tillfällen rad 2, 3); '
        'menade du "Berg"?'
    ]


def test_two_trainers_of_one_name_are_told_apart_by_their_ids(tmp_path: Path) -> None:
    tables = put(add(example(), "utbildare", "B2;Berg;;;"), "tillfällen", 3, "utbildare", "B2")
    put(tables, "tillfällen", 2, "utbildare", "B")
    sessions = problem_of(tmp_path, tables).session_by_id
    assert (sessions["CI-1-1"].trainers, sessions["CI-1-2"].trainers) == (("Berg (B)",), ("Berg (B2)",))


def test_a_name_that_two_trainers_have_does_not_tell_who_is_meant(tmp_path: Path) -> None:
    tables = put(add(example(), "utbildare", "B2;Berg;;;"), "tillfällen", 3, "utbildare", "B2")
    assert errors(tmp_path, tables) == [
        'tillfällen, rad 2, kolumn utbildare: "Berg" är namnet på flera i tabellen utbildare, B (rad 2), B2 (rad 6); '
        "skriv id:t"
    ]


def test_trainers_that_differ_by_case_are_told(tmp_path: Path) -> None:
    (line,) = warnings(tmp_path, add(example(), "utbildare", "B2;BERG;;;"))
    assert line.startswith(
        'utbildare, rad 6, kolumn utbildare: "BERG" (utbildare rad 6) skiljer sig bara i stora och små'
    )


def test_a_session_on_a_day_when_its_trainer_is_away_is_told_and_no_other(tmp_path: Path) -> None:
    tables = put(add(example(), "frånvaro", ";2026-09-22;2026-10-05"), "frånvaro", 3, "utbildare", "B")
    assert warnings(tmp_path / "told", tables) == [
        'tillfällen, rad 3, kolumn utbildare: "Berg" ska hålla tillfälle CI-1-2 den 2026-09-22 men är frånvarande då; '
        "byt utbildare eller dag"
    ]
    assert problem_of(tmp_path, tables).absences[0] == Absence(
        trainer="Berg", first=date(2026, 9, 22), last=date(2026, 10, 5)
    )
    assert warnings(tmp_path / "cancelled", put(tables, "tillfällen", 3, "status", "inställd")) == []


def test_an_absence_is_one_persons_and_a_trainer_of_it_is_known(tmp_path: Path) -> None:
    tables = example()
    for row, (hire, trainer) in enumerate((("", ""), ("p1", "B"), ("", "Bärg")), start=3):
        put(add(tables, "frånvaro", f"{hire};2026-12-01;2026-12-02"), "frånvaro", row, "utbildare", trainer)
    assert errors(tmp_path, tables) == [
        (
            "frånvaro, rad 3, kolumn nyanställd: värde saknas; fyll i nyanställd, eller utbildare om det är en "
            "utbildare som är borta"
        ),
        (
            'frånvaro, rad 4, kolumn utbildare: "B" står på samma rad som en nyanställd; skriv en rad för var och en '
            "av dem"
        ),
        'frånvaro, rad 5, kolumn utbildare: "Bärg" finns inte i tabellen utbildare; menade du "Berg"?',
    ]


def test_a_table_of_absences_may_tell_of_trainers_alone(tmp_path: Path) -> None:
    tables = example()
    tables["frånvaro"] = [["utbildare", "från", "till"], ["Lind", "2026-12-01", "2026-12-02"]]
    assert [absence.trainer for absence in problem_of(tmp_path, tables).absences] == ["Lind"]


def test_the_absence_table_still_refuses_further_columns(tmp_path: Path) -> None:
    (line,) = errors(tmp_path, put(example(), "frånvaro", 2, "orsak", "sjuk"))
    assert "orsak" in line
    assert "sjuk" not in line


# Cross-checks of the other new tables


def test_a_fault_in_each_new_table_is_told_with_its_place(tmp_path: Path) -> None:
    tables = put(put(example(), "mentorer", 2, "till", "2026-07-01"), "uppgifter", 2, "till_dag", "-1")
    put(put(tables, "uppgifter", 3, "efter", "CI:7"), "prognos", 2, "förvaltning", "Nord")
    put(put(tables, "prognos", 2, "antal", "-1"), "utbildningar", 2, "förvaltning", "Norr")
    add(add(tables, "mentorer", "m1;Bo Ask;Centrum;;;;;;;"), "uppgifter", "U1;Igen;chef;0;5;;;")
    assert [line.split(":")[0] for line in errors(tmp_path, tables)] == [
        "utbildningar, rad 2, kolumn förvaltning",
        "mentorer, rad 2, kolumn till",
        "mentorer, rad 3, kolumn id",
        "uppgifter, rad 2, kolumn till_dag",
        "uppgifter, rad 3, kolumn efter",
        "uppgifter, rad 4, kolumn id",
        "prognos, rad 2, kolumn antal",
        "prognos, rad 2, kolumn förvaltning",
    ]


def test_administrations_used_in_the_new_tables_alone_are_taken_where_theirs_is_missing(tmp_path: Path) -> None:
    tables = put(put(example(), "mentorer", 2, "förvaltning", "M"), "prognos", 2, "förvaltning", "P")
    put(put(tables, "utbildare", 2, "förvaltning", "U"), "uppgifter", 2, "förvaltning", "T; T2")
    del tables["förvaltningar"]
    found = {o.id for o in problem_of(tmp_path, tables).organisations}
    assert {"M", "P", "U", "T", "T2"} <= found


def test_mentor_unit_is_one_of_its_words(tmp_path: Path) -> None:
    assert problem_of(tmp_path, setting(example(), "mentor_enhet", "Samma")).settings.mentor_unit is MentorUnit.SAME
    (line,) = errors(tmp_path / "odd", setting(example(), "mentor_enhet", "granne"))
    assert "annan, samma eller valfri" in line


def test_an_input_written_before_all_this_has_the_hash_that_it_had(tmp_path: Path) -> None:
    """The old tables, with every new column blank: the bytes hold no new key at all."""
    tables = example()
    for name in NEW:
        del tables[name]
    plain = problem_bytes(problem_of(tmp_path / "plain", tables))
    for column, value in (("form", "tillfällen"), ("förvaltning", ""), ("timmar", "")):
        put(tables, "utbildningar", 2, column, value)
    put(put(tables, "nyanställda", 2, "frist_från", ""), "frånvaro", 2, "utbildare", "")
    setting(setting(tables, "halvdag_timmar", ""), "mentor_enhet", "annan")
    assert problem_bytes(problem_of(tmp_path / "blank", tables)) == plain
