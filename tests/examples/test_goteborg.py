"""The example ``goteborg-ht2026``: made by its script, read without a remark, and of the sizes that DOMAIN.md names."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path

import openpyxl
import pytest

from inputs.read import read_problem
from models.ids import RoundStatus, Rule, State
from models.problem import Hire, Programme, TermProblem
from terminsplan.store import open_plan

EXAMPLES = Path(__file__).parents[2] / "examples"
FOLDER = EXAMPLES / "goteborg-ht2026"
WORKBOOK = FOLDER / "goteborg-ht2026.xlsx"


@cache
def example() -> TermProblem:
    problem = read_problem(FOLDER / "csv").problem
    assert problem is not None
    return problem


def must_take(hire: Hire, programme: Programme) -> bool:
    if hire.programmes is not None:
        return programme.id in hire.programmes
    fits = not programme.target_groups or bool(set(programme.target_groups) & set(hire.target_groups))
    return fits and not (programme.inexperienced_only and hire.experienced)


def test_the_script_gives_the_committed_bytes_again(tmp_path: Path) -> None:
    script = EXAMPLES / "make_goteborg.py"
    subprocess.run([sys.executable, str(script), str(tmp_path)], check=True)
    made = {p.relative_to(tmp_path): p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}
    kept = {p.relative_to(FOLDER): p.read_bytes() for p in [WORKBOOK, *(FOLDER / "csv").iterdir()]}
    assert made.keys() == kept.keys()
    assert [str(name) for name in made if made[name] != kept[name]] == []


@pytest.mark.parametrize("path", [FOLDER / "csv", WORKBOOK], ids=["csv", "xlsx"])
def test_it_is_read_without_errors_and_only_groups_that_no_programme_names_are_told(path: Path) -> None:
    reading = read_problem(path)
    assert reading.errors == ()
    assert [(w.table, w.column) for w in reading.warnings] == [("nyanställda", "målgrupp")]


def test_folder_and_workbook_are_the_same_problem() -> None:
    assert read_problem(WORKBOOK).problem == example()


def test_the_folder_is_what_swedish_excel_saves() -> None:
    for path in (FOLDER / "csv").iterdir():
        raw = path.read_bytes()
        assert raw.startswith(b"\xef\xbb\xbf")
        heading = raw.decode("utf-8-sig").split("\r\n")[0]
        assert ";" in heading
        assert "," not in heading


def test_the_workbook_holds_real_dates_and_times_and_no_formula() -> None:
    sheet = openpyxl.load_workbook(WORKBOOK)["tillfällen"]
    columns = {cell.value: cell.column for cell in sheet[1]}
    assert {sheet.cell(row, columns["datum"]).is_date for row in range(2, sheet.max_row + 1)} == {True}
    assert {sheet.cell(row, columns["start"]).is_date for row in range(2, sheet.max_row + 1)} == {True}
    with zipfile.ZipFile(WORKBOOK) as archive:
        assert not any(b"<f>" in archive.read(name) for name in archive.namelist())


def test_hires_come_in_the_published_proportions_all_autumn() -> None:
    hires = example().hires
    per_organisation = Counter(h.organisation for h in hires)
    assert len(hires) == 110
    social = ("NO", "CE", "SV", "HI")
    whole = sum(per_organisation[o] for o in social)
    # 62, 58 and 36 of about 200; Hisingen is what remains.
    assert [round(200 * per_organisation[o] / whole) for o in social] == pytest.approx([62, 58, 36, 44], abs=1)
    assert len(per_organisation) == 6
    assert {h.starts.month for h in hires} == {6, 7, 8, 9, 10, 11}


def test_addresses_can_belong_to_nobody_and_names_are_spelled_in_swedish() -> None:
    hires = example().hires
    assert {(h.email or "").rpartition(".")[2] for h in hires} == {"example"}
    assert len({h.email for h in hires}) == len(hires)
    letters = "".join(h.name for h in hires).lower()
    assert set("åäö-") <= set(letters)


def test_the_programmes_are_those_of_the_documents() -> None:
    by_id = example().programme_by_id
    central, journey, school = by_id["CI"], by_id["YR"], by_id["HS"]
    assert (len(central.modules), central.cohort, central.ordered, central.mixed) == (2, False, True, True)
    assert central.min_gap_days > 0
    assert (len(journey.modules), journey.cohort, len(example().rounds_of["YR"])) == (4, True, 3)
    assert journey.target_groups == ("barn och unga",)
    assert (len(school.modules), school.cohort, school.before_cases) == (5, True, False), "a few cases go on beside it"
    assert all(r.organisations for r in example().rounds_of["HS"])
    assert (central.deadline_months, journey.deadline_months, school.deadline_months) == (4, 4, 2)
    assert {r.status for r in example().rounds} == {RoundStatus.FIXED, RoundStatus.PROPOSED}


def test_each_local_series_is_over_within_six_weeks() -> None:
    for round_ in example().rounds_of["HS"]:
        days = [s.day for s in example().sessions if s.round == round_.id]
        assert (max(days) - min(days)).days <= 7 * 6, round_.id


def test_autumn_holiday_and_christmas_are_breaks_and_it_plans_the_same_on_any_day() -> None:
    breaks = {b.name: (b.first, b.last) for b in example().breaks}
    assert breaks["Höstlov"][0].isocalendar()[:2] == (2026, 44)
    assert breaks["Jullov"][0] <= date(2026, 12, 24) < date(2027, 1, 6) <= breaks["Jullov"][1]
    assert example().settings.planning_date == date(2026, 8, 3)
    assert (example().settings.horizon_start, example().settings.horizon_end) == (date(2026, 8, 17), date(2027, 1, 15))


@pytest.mark.parametrize("programme", ["CI", "YR", "HS"])
def test_seats_are_95_to_105_percent_of_need(programme: str) -> None:
    problem = example()
    done = {
        h.id for h in problem.hires for credit in h.credits if (credit.programme, credit.module) == (programme, None)
    }
    need = sum(must_take(h, problem.programme_by_id[programme]) for h in problem.hires if h.id not in done)
    seats = sum(r.seats for r in problem.rounds_of[programme])
    assert 0.95 <= seats / need <= 1.05, (seats, need)


def test_its_plan_is_proven_and_has_something_to_tell(example_plan: Path) -> None:
    problem, plan = example(), open_plan(example_plan).plan
    assert plan.planning_date == problem.settings.planning_date
    assert all(level.proven for level in plan.levels)
    states = Counter(r.state for r in plan.requirements)
    assert states[State.ON_TIME] > 0.75 * states.total()
    assert {State.ON_TIME, State.LATE, State.MISSING, State.WAITING, State.LEAVES, State.DONE} == set(states)
    proposals = {r.id for r in problem.rounds if r.status is RoundStatus.PROPOSED}
    assert {use.runs for use in plan.rounds if use.round in proposals} == {True, False}
    telling = {reason.rule for r in plan.requirements for reason in r.reasons}
    assert {Rule.FULL, Rule.OUTRANKED, Rule.ABSENCE, Rule.WEEKDAY, Rule.ACCESSIBLE, Rule.CLASH, Rule.SHARED} <= telling
