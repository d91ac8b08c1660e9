"""A follow-up over plans of several terms: what is counted once, what is unsure, what is not shown."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import PurePosixPath
from zoneinfo import ZoneInfo

import pytest

from models.ids import State
from models.plan import Previous, Requirement
from models.problem import Attendance, Hire, Organisation, Settings, TermProblem
from outputs.followup.chains import FollowedPlan, latest_of_each_term
from outputs.followup.data import as_data
from outputs.followup.figures import FollowUp, follow_up
from outputs.followup.files import files
from outputs.followup.hiding import FEWEST, hidden, hidden_within
from outputs.followup.interval import difference, wilson
from outputs.followup.tables import tables
from tests.outputs.factories import CENTRAL, NORTH, ROUNDS, SCHOOL, SOUTH, bare_plan, session

AUTUMN = (date(2026, 8, 17), date(2027, 1, 15))
SPRING = (date(2027, 1, 18), date(2027, 6, 11))


def hires(
    number: int, organisation: str = "N", starts: date = date(2026, 8, 3), unit: str | None = None
) -> tuple[Hire, ...]:
    return tuple(
        Hire(
            id=f"{organisation}{n:02}-{starts}", name=f"Hemlig {n}", organisation=organisation, starts=starts, unit=unit
        )
        for n in range(number)
    )


def followed(
    people: Sequence[Hire],
    on_time: set[str],
    *,
    horizon: tuple[date, date] = AUTUMN,
    made: date = date(2026, 12, 20),
    number: int = 1,
    series: str | None = "a",
    seats: dict[str, str] | None = None,
    attendance: tuple[Attendance, ...] = (),
    state: State = State.MISSING,
    name: str = "ut",
    before: str | None = None,
    organisations: tuple[Organisation, ...] = (NORTH, SOUTH),
) -> FollowedPlan:
    """A plan in which the programme CI is due for everybody; those not on time are in ``state``."""
    day = horizon[0].replace(month=horizon[0].month + 1)
    problem = TermProblem(
        settings=Settings(term=f"T{horizon[0].year}", horizon_start=horizon[0], horizon_end=horizon[1]),
        organisations=organisations,
        programmes=(CENTRAL, SCHOOL),
        rounds=ROUNDS,
        sessions=(session("CI-1-1", day), session("CI-1-2", horizon[1]), session("HS-1-1", day)),
        hires=tuple(sorted(people, key=lambda h: h.id)),
        attendance=attendance,
    )
    requirements = tuple(
        Requirement(
            hire=h.id,
            programme="CI",
            state=State.ON_TIME if h.id in on_time else state,
            deadline=None if state is State.WAITING and h.id not in on_time else date(2026, 12, 3),
            completed_on=day if h.id in on_time else None,
        )
        for h in problem.hires
    )
    plan = bare_plan(problem, seats or {}, number=number, on=made).model_copy(
        update={
            "requirements": requirements,
            "series": series,
            "previous": Previous(plan_number=number - 1, sha256=before) if before else None,
        }
    )
    return FollowedPlan(name, problem, plan, f"{name}-{number}-{made}-{horizon[0]}")


def ids(people: Sequence[Hire]) -> set[str]:
    return {h.id for h in people}


def total(found: FollowUp) -> tuple[int, int, int]:
    share = found.total.share
    assert share is not None
    return share.people, share.counted, share.on_time


def test_of_several_plans_of_a_chain_the_latest_counts() -> None:
    people = hires(6)
    first = followed(people, set(), made=date(2026, 8, 1), name="första")
    second = followed(people, ids(people), made=date(2026, 10, 1), number=2, name="andra", before=first.sha256)
    for order in ([first, second], [second, first]):
        assert latest_of_each_term(order).plans == (second,)
        assert latest_of_each_term(order).replaced == ((first, second),)
        assert total(follow_up(order)) == (6, 6, 6)


def test_plans_of_two_terms_both_count_though_a_chosen_series_is_the_same() -> None:
    autumn, spring = followed(hires(6), set()), followed(hires(6, starts=date(2027, 1, 4)), set(), horizon=SPRING)
    assert latest_of_each_term([spring, autumn]).plans == (autumn, spring)


def test_plans_without_a_series_are_of_one_term_by_its_days_and_administrations() -> None:
    first = followed(hires(6), set(), series=None, made=date(2026, 8, 1))
    second = followed(hires(6), set(), series=None, made=date(2026, 10, 1))
    assert latest_of_each_term([first, second]).plans == (second,)


def test_somebody_who_missed_and_came_late_the_next_term_is_one_person_and_one_requirement() -> None:
    people = hires(6)
    autumn = followed(people, ids(people[1:]))
    spring = followed(people[:1], set(), horizon=SPRING, state=State.LATE, series="b")
    assert total(follow_up([autumn, spring])) == (6, 6, 5)


def test_who_waited_in_the_autumn_counts_with_what_became_of_her_in_spring() -> None:
    people = hires(6)
    autumn = followed(people, ids(people[1:]), state=State.WAITING)
    spring = followed(people[:1], ids(people[:1]), horizon=SPRING, series="b")
    assert total(follow_up([autumn])) == (5, 5, 5)
    assert total(follow_up([autumn, spring])) == (6, 6, 6)


def test_another_person_with_the_same_id_is_another_person() -> None:
    old = hires(6)
    new = tuple(h.model_copy(update={"starts": date(2027, 1, 4)}) for h in old)
    both = follow_up([followed(old, ids(old)), followed(new, ids(new), horizon=SPRING, series="b")])
    assert total(both) == (12, 12, 12)
    assert [g.names for g in both.start_terms] == [("HT 2026",), ("VT 2027",)]


def test_unconfirmed_attendance_counts_in_one_share_and_not_in_the_other() -> None:
    people = hires(6)
    seats = {h.id: "CI-1-1" for h in people}
    known = tuple(Attendance(hire=h.id, session="CI-1-1", present=True) for h in people[:4])
    found = follow_up([followed(people, ids(people), seats=seats, attendance=known)])
    share = found.total.share
    assert share is not None
    assert (share.on_time, share.confirmed) == (6, 4)
    assert (share.hours, share.unconfirmed_hours) == (6 * 7, 2 * 7)


def test_hours_are_of_those_who_were_there_at_meetings_held() -> None:
    people = hires(6)
    seats = {h.id: "CI-1-1 CI-1-2" for h in people[:5]}  # the second lies after the plan's day
    attendance = (
        Attendance(hire=people[0].id, session="CI-1-1", present=False),
        Attendance(hire=people[5].id, session="CI-1-1", present=True),  # came without a seat
    )
    found = follow_up([followed(people, ids(people), seats=seats, attendance=attendance)])
    share = found.total.share
    assert share is not None
    assert share.hours == 5 * 7
    assert found.planned == 5


def test_seats_and_cost_are_of_rounds_that_are_run_each_once() -> None:
    people = hires(6)
    plan = followed(people, ids(people), seats={h.id: "CI-1-1" for h in people})
    again = followed(hires(6, starts=date(2027, 1, 4)), set(), horizon=SPRING, series="b")
    listed_again = again.problem.model_copy(
        update={"sessions": plan.problem.sessions, "hires": again.problem.hires}
    )  # the autumn's sessions, for attendance alone
    found = follow_up([plan, FollowedPlan("vår", listed_again, again.plan, "x")])
    by_programme = {g.key[0]: g.seats for g in found.programmes}
    assert by_programme["CI"] is not None
    assert (by_programme["CI"].rounds, by_programme["CI"].used) == (1, 6)
    assert found.run_total is not None
    assert found.run_total.rounds == 2


def test_no_group_of_fewer_than_five_is_shown_and_none_can_be_worked_out() -> None:
    people = (*hires(9), *hires(4, "S"))
    found = follow_up([followed(people, ids(people[:9]))])
    assert [g.hidden for g in found.organisations] == [True, True]
    assert total(found) == (13, 13, 9)
    rows = as_data(found)["by_organisation"]
    assert isinstance(rows, list)
    assert all(row["people"] is row["on_time"] is row["share"] is row["hours"] is None for row in rows)


def test_of_fewer_than_five_people_in_all_nothing_is_told() -> None:
    people = hires(4)
    found = follow_up([followed(people, ids(people))])
    assert found.total.hidden
    assert all(g.hidden for g in (*found.organisations, *found.units, *found.programmes, *found.start_months))
    assert all(run.seats is None for run in found.runs)


def test_units_of_a_hidden_administration_are_hidden_too() -> None:
    people = (*hires(9, unit="Mottag"), *hires(4, "S"))
    found = follow_up([followed(people, set())])
    assert all(g.hidden for g in found.units)


@pytest.mark.parametrize("seed", range(40))
def test_hidden_groups_taken_together_are_never_fewer_than_five_people(seed: int) -> None:
    chance = random.Random(seed)
    groups = {
        str(n): [frozenset(f"{n}-{p}" for p in range(chance.randint(0, 12)))] for n in range(chance.randint(1, 8))
    }
    closed = hidden(groups)
    assert {key for key, (people,) in groups.items() if 0 < len(people) < FEWEST} <= closed
    together = frozenset[str]().union(*(groups[key][0] for key in closed))
    everybody = frozenset[str]().union(*(people for (people,) in groups.values()))
    assert len(together) >= min(FEWEST, len(everybody)) or not closed
    assert len(closed) != 1 or len(groups) == 1


def test_children_are_kept_from_their_own_parents_total() -> None:
    def group(number: int) -> list[frozenset[str]]:
        return [frozenset(map(str, range(number)))]

    groups = {("A", "1"): group(3), ("A", "2"): group(7), ("A", "3"): group(9), ("B", "1"): group(6)}
    assert hidden_within(groups, set()) == {("A", "1"), ("A", "2")}
    assert hidden_within(groups, {"B"}) == {("A", "1"), ("A", "2"), ("B", "1")}


@pytest.mark.parametrize(
    ("share", "number", "low", "high"), [(0.9, 10, 0.5958, 0.9821), (1.0, 10, 0.7225, 1.0), (0.0, 5, 0.0, 0.4345)]
)
def test_the_interval_is_wilsons(share: float, number: int, low: float, high: float) -> None:
    found = wilson(share, number)
    assert (found.low, found.high) == pytest.approx((low, high), abs=5e-5)


def test_the_interval_of_a_difference_is_newcombes() -> None:
    # Newcombe 1998, table II (a), method 10: 56/70 against 48/80.
    found = difference(48 / 80, 80, 56 / 70, 70)
    assert (found.low, found.high) == pytest.approx((0.0524, 0.3339), abs=5e-5)


def test_a_trend_of_few_people_is_said_to_be_chance() -> None:
    old, new = hires(6), hires(6, starts=date(2027, 1, 4))
    found = follow_up([followed(old, ids(old[:4])), followed(new, ids(new[:5]), horizon=SPRING, series="b")])
    assert found.trend is not None
    assert found.trend.change == pytest.approx(1 / 6)
    assert found.trend.sure_within.low < 0 < found.trend.sure_within.high


def test_report_and_workbook_hold_no_names_and_are_the_same_each_time() -> None:
    people = hires(6)
    plan = followed(people, ids(people), seats={h.id: "CI-1-1" for h in people})
    first, second = (dict(files(follow_up([plan]))) for _ in range(2))
    assert first == second
    assert {str(name) for name in first} == {"rapport.html", "uppfoljning.xlsx", "uppfoljning.json"}
    for name in ("rapport.html", "uppfoljning.json"):
        text = next(data for path, data in first.items() if str(path) == name).decode()
        assert "Hemlig" not in text
        assert people[0].id not in text
        assert "Eva Alm" not in text
    assert "Nordost" in text


def test_a_plan_without_seats_or_deadlines_is_told_as_such() -> None:
    found = follow_up([followed(hires(6), set(), state=State.WAITING)])
    assert found.total.share is not None
    assert found.total.share.share is None
    assert [str(path) for path, _ in files(found)]


def test_meetings_are_counted_in_local_hours_across_the_change_of_clocks() -> None:
    people = hires(6)
    plan = followed(people, ids(people), seats={h.id: "CI-1-1" for h in people})
    zone = ZoneInfo("Europe/Stockholm")
    night = [
        b.model_copy(
            update={"start": datetime(2026, 10, 25, 1, tzinfo=zone), "end": datetime(2026, 10, 25, 5, tzinfo=zone)}
        )
        for b in plan.plan.bookings
    ]
    moved = FollowedPlan("x", plan.problem, plan.plan.model_copy(update={"bookings": tuple(night)}), "x")
    share = follow_up([moved]).total.share
    assert share is not None
    assert share.hours == 6 * 4


def test_who_only_has_a_seat_ahead_is_told_apart_and_not_compared_over_time() -> None:
    old, new = hires(6), hires(6, starts=date(2027, 1, 4))
    seats = {h.id: "CI-1-1 CI-1-2" for h in new}  # the second lies after the plan's day
    done = followed(old, ids(old[:4]), seats={h.id: "CI-1-1" for h in old})
    spring = followed(new, ids(new), horizon=SPRING, series="b", seats=seats, made=date(2027, 2, 20))
    found = follow_up([done, spring])
    assert [g.share.planned for g in found.start_terms if g.share] == [0, 6]
    assert found.trend is None
    assert "6 av dem är klara bara i planen" in dict(files(found))[PurePosixPath("rapport.html")].decode()


def test_each_administration_stands_beside_the_terms_in_which_its_people_began() -> None:
    old, new = hires(6), (*hires(7, starts=date(2027, 1, 4)), *hires(8, "S", starts=date(2027, 1, 4)))
    found = follow_up([followed(old, ids(old[:3])), followed(new, ids(new), horizon=SPRING, series="b")])
    table = next(table for table in tables(found) if table.anchor == "forvaltning-termin")
    assert table.titles == ("Förvaltning", "HT 2026", "VT 2027", "Alla terminer")
    assert table.rows == (
        ("Nordost", "50\u00a0% (6 personer)", "100\u00a0% (7 personer)", "77\u00a0% (13 personer)"),
        ("Sydväst", "–", "100\u00a0% (8 personer)", "100\u00a0% (8 personer)"),
        ("Alla", "50\u00a0% (6 personer)", "100\u00a0% (15 personer)", "86\u00a0% (21 personer)"),
    )
