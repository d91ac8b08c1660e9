"""Which days are public holidays (INPUT.md, ``helgdagar``; MODEL.md, rule ``lov``)."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from inputs.public_holidays import holidays_between
from tests.inputs.example import add, example, put, read


def _year(country: str, year: int = 2026) -> dict[str, str]:
    found = holidays_between(country, date(year, 1, 1), date(year, 12, 31))
    return {holiday.day.isoformat(): holiday.name for holiday in found}


def test_sweden_has_its_public_holidays_three_eves_and_no_sundays_or_other_eves() -> None:
    assert _year("SE") == {
        "2026-01-01": "Nyårsdagen",
        "2026-01-06": "Trettondedag jul",
        "2026-04-03": "Långfredagen",
        "2026-04-05": "Påskdagen",
        "2026-04-06": "Annandag påsk",
        "2026-05-01": "Första maj",
        "2026-05-14": "Kristi himmelsfärdsdag",
        "2026-05-24": "Pingstdagen",
        "2026-06-06": "Nationaldagen",
        "2026-06-19": "Midsommarafton",
        "2026-06-20": "Midsommardagen",
        "2026-10-31": "Alla helgons dag",
        "2026-12-24": "Julafton",
        "2026-12-25": "Juldagen",
        "2026-12-26": "Annandag jul",
        "2026-12-31": "Nyårsafton",
    }


def test_another_country_has_its_plain_public_holidays() -> None:
    assert _year("NO")["2026-05-17"] == "Grunnlovsdag"
    assert "2026-12-24" not in _year("NO")


def test_a_dash_is_no_holidays() -> None:
    assert _year("-") == {}


@pytest.mark.parametrize("spelling", ["SE", "se", "SWE"])
def test_a_country_has_one_normal_form(tmp_path: Path, spelling: str) -> None:
    problem = read(tmp_path, add(example(), "inställningar", f"helgdagar;{spelling}")).problem
    assert problem is not None
    assert problem.settings.holiday_country == "SE"


def test_holidays_reach_from_the_first_to_the_last_of_horizon_and_sessions(tmp_path: Path) -> None:
    tables = put(example(), "tillfällen", 7, "datum", "2027-04-07")
    add(tables, "tillfällen", "HS-1;1;2026-06-05;09:00;12:00")
    problem = read(tmp_path, tables).problem
    assert problem is not None
    days = [holiday.day for holiday in problem.holidays]
    assert (days[0], days[-1]) == (date(2026, 6, 6), date(2027, 3, 29))


def test_holidays_reach_as_far_as_the_tasks_of_everybody(tmp_path: Path) -> None:
    tables = put(example(), "uppgifter", 2, "till_dag", "300")
    problem = read(tmp_path, tables).problem
    assert problem is not None
    last = max(hire.starts for hire in problem.hires) + timedelta(days=300)
    assert {date(2027, 5, 1), date(2027, 6, 6)} <= {holiday.day for holiday in problem.holidays if holiday.day <= last}


def test_holidays_of_far_away_tasks_end_some_years_after_the_term(tmp_path: Path) -> None:
    tables = put(example(), "uppgifter", 2, "till_dag", "100000")
    problem = read(tmp_path, tables).problem
    assert problem is not None
    assert problem.holidays[-1].day.year == problem.settings.horizon_end.year + 3
