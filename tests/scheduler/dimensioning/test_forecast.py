"""What is expected: rows of a month together, what earlier plans tell, what lies beyond the horizon."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from models.problem import Forecast, Hire, Organisation, Settings, TermProblem
from scheduler.dimensioning.forecast import cells_of, from_history, months_to_expect, outside
from scheduler.dimensioning.years import Years
from tests.scheduler.dimensioning.terms import term

JANUARY = date(2027, 1, 1)


def forecast(expected: float, month: date = JANUARY, **fields: object) -> Forecast:
    return Forecast.model_validate({"month": month, "organisation": "A", "expected": expected, **fields})


def earlier(first: date, last: date, starts: dict[str, date], organisation: str = "A") -> TermProblem:
    hires = tuple(Hire(id=id_, name=id_, organisation=organisation, starts=day) for id_, day in sorted(starts.items()))
    return TermProblem(
        settings=Settings(horizon_start=first, horizon_end=last),
        organisations=(Organisation(id=organisation, name=organisation),),
        programmes=(),
        rounds=(),
        sessions=(),
        hires=hires,
    )


def test_rows_of_one_month_and_administration_are_drawn_together_and_then_apart() -> None:
    (cell,) = cells_of([forecast(3.0, dispersion=1.0), forecast(1.0, dispersion=3.0, experienced=True), forecast(0.0)])
    assert (cell.expected, cell.dispersion, len(cell.rows)) == (4.0, 1.5, 2)
    years = Years([cell], 1)
    drawn = [years.profiles[p].experienced for n in range(400) for p, number in years.year(n) for _ in range(number)]
    assert sum(drawn) / len(drawn) == pytest.approx(0.25, abs=0.04)


def test_a_scenario_is_the_same_whatever_is_drawn_before_it() -> None:
    years = Years(cells_of([forecast(20.0)]), 1)
    assert [years.year(n) for n in (7, 3, 7)] == [years.year(7), years.year(3), years.year(7)]
    assert all(day.isoweekday() < 6 for hire in years.profiles for day in [hire.starts])


def test_cases_begin_so_many_days_after_the_start() -> None:
    years = Years(cells_of([forecast(1.0, cases_after_days=56)]), 1)
    assert all(h.caseload_start == h.starts + timedelta(days=56) for h in years.profiles)


def test_starts_whose_deadline_lies_beyond_the_horizon_are_told() -> None:
    task = term()
    beyond = cells_of([forecast(3.0, date(2027, 6, 1)), forecast(5.0, date(2027, 1, 1))])
    assert outside(task.cells, task.problem) == 0
    assert outside(beyond, task.problem) == 3.0
    assert months_to_expect(task.problem) == [date(2027, m, 1) for m in (1, 2, 3, 4)]


def test_history_counts_each_person_once_and_only_months_covered_in_full() -> None:
    autumn = earlier(
        date(2026, 8, 17), date(2026, 10, 31), {"a": date(2026, 8, 20), "b": date(2026, 9, 1), "c": date(2026, 9, 2)}
    )
    again = earlier(
        date(2026, 9, 1), date(2026, 10, 31), {"b": date(2026, 9, 1), "c": date(2026, 9, 2), "d": date(2026, 10, 5)}
    )
    rows = from_history([autumn, again], [date(2027, 8, 1), date(2027, 9, 1), date(2027, 10, 1)])
    assert {row.month.month: row.expected for row in rows} == {8: 1.5, 9: 2.0, 10: 1.0}
    assert {row.dispersion for row in rows} == {1.0}


def test_a_term_that_covers_no_month_tells_nothing() -> None:
    with pytest.raises(ValueError, match="no month"):
        from_history([earlier(date(2026, 8, 17), date(2026, 9, 10), {})], [JANUARY])


def test_the_spread_of_history_is_pooled_and_never_below_one() -> None:
    starts: dict[str, date] = {}
    for year in (2024, 2025):
        for month in range(1, 13):
            number = 9 if (month + year) % 2 else 1
            starts |= {f"{year}-{month}-{n}": date(year, month, 5) for n in range(number)}
    uneven = earlier(date(2024, 1, 1), date(2025, 12, 31), starts)
    (row,) = from_history([uneven], [date(2026, 1, 1)])
    assert row.expected == 5.0
    assert row.dispersion == pytest.approx(32 / 5)  # both years of a month: 1 and 9
    even = earlier(
        date(2024, 1, 1), date(2025, 12, 31), {f"{y}-{m}": date(y, m, 5) for y in (2024, 2025) for m in range(1, 13)}
    )
    (row,) = from_history([even], [date(2026, 1, 1)])
    assert row.dispersion == 1.0


def test_hires_whom_no_programme_tells_apart_are_of_one_kind() -> None:
    """Each further kind is a profile for every day of every month: a chain's hundred hires would make a hundred."""
    plan = earlier(date(2026, 1, 1), date(2026, 1, 31), {f"p{n}": date(2026, 1, 5) for n in range(8)})
    hires = tuple(
        hire.model_copy(update={"experienced": n % 2 == 1, "caseload_start": date(2026, 2, 2) + timedelta(days=n % 4)})
        for n, hire in enumerate(plan.hires)
    )
    plan = plan.model_copy(update={"hires": hires})
    (programme,) = term().problem.programmes
    assert len(from_history([plan], [JANUARY])) == 8 // 2
    (row,) = from_history([plan], [JANUARY], [programme])
    assert (row.expected, row.experienced, row.cases_after_days) == (8.0, False, 28)
    rows = from_history([plan], [JANUARY], [programme.model_copy(update={"inexperienced_only": True})])
    assert {row.experienced: row.expected for row in rows} == {False: 4.0, True: 4.0}
