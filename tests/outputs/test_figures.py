"""The figures against examples small enough to count by hand."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from models.ids import RoundStatus, Rule, State
from models.plan import Booking, Plan, Reason, Requirement, RoundUse, Suggestion
from models.problem import Hire, Module, Organisation, Programme, Round, Session, Settings, TermProblem
from outputs.figures import Figures, median_days, told_states
from outputs.headlines import headlines
from outputs.words import swedish_order

FIRST, LAST = date(2026, 8, 17), date(2027, 1, 15)
START = date(2026, 8, 17)


def hire(id_: str, name: str, organisation: str = "A", **more: object) -> Hire:
    return Hire.model_validate({"id": id_, "name": name, "organisation": organisation, "starts": START, **more})


def requirement(who: str, state: State, **more: object) -> Requirement:
    fields = {"hire": who, "programme": "P", "state": state, "deadline": date(2026, 12, 17), "completed_on": None}
    return Requirement.model_validate(fields | more)


def seat(who: str, session: Session) -> Booking:
    zone = ZoneInfo("Europe/Stockholm")
    return Booking(
        hire=who, programme="P", module=1, meeting=session.meeting, round=session.round, session=session.id,
        start=datetime.combine(session.day, session.start, zone), end=datetime.combine(session.day, session.end, zone),
        place=None, room=None, trainers=(), changed_on=FIRST,
    )  # fmt: skip


def session(round_: str, day: date, seats: int = 2, meeting: int = 1) -> Session:
    return Session(
        id=f"{round_}-{meeting}",
        round=round_,
        module=1,
        meeting=meeting,
        day=day,
        start=time(9),
        end=time(12),
        seats=seats,
    )


def figures(*requirements: Requirement, bookings: tuple[Booking, ...] = (), hires: tuple[Hire, ...] = ()) -> Figures:
    problem = TermProblem(
        settings=Settings(horizon_start=FIRST, horizon_end=LAST, max_away_per_unit=1),
        organisations=(Organisation(id="A", name="Öst"), Organisation(id="B", name="Väst")),
        programmes=(
            Programme(id="P", name="P", deadline_months=4, before_cases=True, modules=(Module(number=1, name="M"),)),
        ),
        rounds=(
            Round(id="R1", programme="P", seats=2),
            Round(id="R2", programme="P", seats=2, status=RoundStatus.PROPOSED),
            Round(id="R3", programme="P", seats=2, status=RoundStatus.PROPOSED),
        ),
        sessions=(session("R1", date(2026, 9, 1)), session("R2", date(2026, 10, 1)), session("R3", date(2026, 11, 1))),
        hires=hires or (hire("h1", "Åsa"), hire("h2", "Bo"), hire("h3", "Ceci", "B"), hire("h4", "Dan", "B")),
    )
    used = {b.round for b in bookings}
    return Figures(
        problem,
        Plan(
            schema=1,
            planning_date=FIRST,
            term="HT",
            horizon=(FIRST, LAST),
            input_sha256="0",
            seed=1,
            bookings=bookings,
            requirements=requirements,
            levels=(),
            rounds=tuple(
                RoundUse(round=r.id, runs=r.id == "R1" or r.id in used, participants=0, seats=2) for r in problem.rounds
            ),
        ),
    )


def test_the_share_counts_deadlines_of_the_term_and_what_was_held() -> None:
    made = figures(
        requirement("h1", State.ON_TIME, completed_on=date(2026, 9, 1)),
        requirement("h2", State.MISSING),
        requirement("h3", State.DONE, completed_on=date(2026, 9, 1)),
        requirement("h4", State.WAITING, deadline=date(2027, 2, 1)),
    )
    assert (made.total.counted, made.total.on_time, made.total.missing, made.total.waiting) == (3, 2, 1, 1)
    assert [(s.organisation, s.on_time, s.counted) for s in made.shares] == [("B", 1, 1), ("A", 1, 2)]


def test_held_after_the_deadline_is_counted_but_not_on_time() -> None:
    made = figures(requirement("h1", State.DONE, completed_on=date(2026, 12, 18)))
    assert (made.total.counted, made.total.on_time) == (1, 0)


def test_what_was_done_before_this_employer_is_outside_the_share() -> None:
    made = figures(requirement("h1", State.DONE, completed_on=None))
    assert made.total.counted == 0


def test_who_leaves_before_the_deadline_does_not_count_and_on_the_day_does() -> None:
    leaving = (hire("h1", "Åsa", ends=date(2026, 12, 16)), hire("h2", "Bo", ends=date(2026, 12, 17)))
    made = figures(requirement("h1", State.WAITING), requirement("h2", State.MISSING), hires=leaving)
    assert made.total.counted == 1


def test_a_deadline_on_the_last_day_counts_and_the_day_after_does_not() -> None:
    on = requirement("h1", State.MISSING, deadline=LAST)
    after = requirement("h2", State.WAITING, deadline=date(2027, 1, 16))
    assert figures(on, after).total.counted == 1


def test_who_waits_for_a_programme_has_not_all_in_time_and_who_has_it_credited_has() -> None:
    made = figures(
        requirement("h1", State.WAITING, deadline=date(2027, 2, 1)),
        requirement("h2", State.DONE, deadline=None),
        requirement("h3", State.ON_TIME, deadline=None),
    )
    assert made.people_on_time == (2, 3)


def test_a_change_brings_the_same_number_to_whoever_is_told_of_it() -> None:
    def tried(more: int) -> tuple[Suggestion, ...]:
        return (Suggestion(kind="plats", round="R1", helps=True, more_on_time=more),)

    missing = requirement("h1", State.MISSING, suggestions=tried(1))
    waiting = requirement("h2", State.WAITING, deadline=date(2027, 2, 1), suggestions=tried(13))
    made = figures(missing, waiting)
    assert made.gain(missing, tried(1)[0]) == made.gain(waiting, tried(13)[0]) == made.helps[0].gain
    assert (made.helps[0].gain.more, made.helps[0].gain.on_time, made.helps[0].gain.counted) == (1, 1, 1)


def test_one_late_programme_makes_a_person_not_on_time() -> None:
    made = figures(
        requirement("h1", State.ON_TIME, completed_on=date(2026, 9, 1)),
        requirement("h1", State.LATE, completed_on=date(2026, 12, 20)),
        requirement("h2", State.ON_TIME, completed_on=date(2026, 9, 1)),
    )
    assert made.people_on_time == (1, 2)


def test_waiting_time_runs_from_the_first_day_of_employment() -> None:
    made = figures(
        requirement("h1", State.ON_TIME, completed_on=date(2026, 8, 27)),
        requirement("h2", State.ON_TIME, completed_on=date(2026, 9, 6)),
        requirement("h3", State.MISSING),
    )
    assert [w.days for w in made.waits] == [10, 20]
    assert median_days(made.waits) == 15
    assert median_days(made.waits_of("B")) is None


def test_a_round_is_as_full_as_its_fullest_session() -> None:
    first = session("R1", date(2026, 9, 1))
    made = figures(bookings=(seat("h1", first), seat("h2", first)))
    load = made.rounds[0]
    assert load.peak == (2, 2)
    assert load.people == ("h2", "h1")  # Bo before Åsa


def test_proposals_are_told_apart_by_whether_they_are_opened() -> None:
    second = session("R2", date(2026, 10, 1))
    made = figures(requirement("h1", State.ON_TIME, completed_on=date(2026, 10, 1)), bookings=(seat("h1", second),))
    assert [x.round.id for x in made.opened] == ["R2"]
    assert [x.round.id for x in made.unopened] == ["R3"]
    assert made.purpose(made.opened[0]) == "Öst 1; 1 av 1 blir klara i tid"


def test_a_unit_is_stretched_above_its_limit_and_not_at_it() -> None:
    people = (
        hire("h1", "Åsa", unit="U"),
        hire("h2", "Bo", unit="U"),
        hire("h3", "Ceci", "B", unit="U"),
        hire("h4", "Dan"),
    )
    first, second = session("R1", date(2026, 9, 1)), session("R2", date(2026, 10, 1))
    bookings = (seat("h1", first), seat("h2", first), seat("h3", first), seat("h4", first), seat("h1", second))
    made = figures(bookings=bookings, hires=people)
    assert [(u.organisation, u.day, u.away) for u in made.stretched] == [("A", date(2026, 9, 1), ("h2", "h1"))]
    assert len(made.unit_days) == 3


def test_early_cases_count_both_days_as_the_level_does() -> None:
    people = (
        hire("h1", "Åsa", caseload_start=date(2026, 9, 1)),
        hire("h2", "Bo", caseload_start=date(2026, 9, 2)),
        hire("h3", "Ceci", "B", caseload_start=date(2027, 1, 10)),
        hire("h4", "Dan", "B", caseload_start=date(2026, 10, 1), ends=date(2026, 10, 10)),
    )
    held = date(2026, 9, 1)
    made = figures(
        requirement("h1", State.ON_TIME, completed_on=held),
        requirement("h2", State.ON_TIME, completed_on=held),
        requirement("h3", State.MISSING),
        requirement("h4", State.WAITING),
        hires=people,
    )
    assert [(e.hire.id, e.days) for e in made.early_cases] == [("h4", 10), ("h3", 6), ("h1", 1)]


def test_a_bottleneck_is_a_full_round_not_one_refused_for_other_reasons() -> None:
    full, early = Reason(round="R1", rule=Rule.FULL), Reason(round="R2", rule=Rule.EARLIEST)
    made = figures(
        requirement("h1", State.MISSING, reasons=(full, early)), requirement("h2", State.WAITING, reasons=(full,))
    )
    assert [(b.round, b.turned_away, b.not_on_time) for b in made.bottlenecks] == [("R1", 2, 1)]


def test_the_same_help_for_several_is_listed_once_and_best_first() -> None:
    seat_more = Suggestion(kind="plats", round="R1", helps=True, more_on_time=2)
    open_it = Suggestion(kind="förslag", round="R3", helps=True, more_on_time=3)
    nothing = Suggestion(kind="ärendestart", week=date(2026, 9, 7), helps=True, more_on_time=0)
    made = figures(
        requirement("h1", State.MISSING, suggestions=(seat_more, open_it, nothing)),
        requirement("h2", State.MISSING, suggestions=(seat_more,)),
    )
    assert [(h.idea.round, h.wanted_by) for h in made.helps] == [("R3", 1), ("R1", 2)]


def test_names_are_sorted_as_in_swedish() -> None:
    names = ["Örjan", "Åsa", "Zahra", "Ärla", "anna", "Bo"]
    assert sorted(names, key=swedish_order) == ["anna", "Bo", "Zahra", "Åsa", "Ärla", "Örjan"]


def test_what_is_taken_alone_is_outside_all_shares_and_has_a_count_of_its_own() -> None:
    people = (hire("p1", "Anna"), hire("p2", "Bo"))
    alone = (requirement("p1", State.ON_OWN_LATE), requirement("p2", State.ON_OWN))
    found = figures(requirement("p1", State.ON_TIME), *alone, hires=people)
    assert (found.total.on_time, found.total.counted) == (1, 1)
    assert found.people_on_time == (1, 1)
    assert (found.total.on_own, found.total.with_others, found.total.requirements) == (2, 1, 3)
    assert [r.hire for r in found.on_own_late] == ["p1"]
    told = {headline.id: headline for headline in headlines(found)}
    assert (told["on_own"].number, told["on_own"].remark.split(";")[0]) == (2, "varav 1 efter fristen")


def test_who_leaves_is_neither_late_nor_waiting_and_is_told_where_there_is_one() -> None:
    people = (hire("p1", "Anna", ends=date(2026, 11, 1)), hire("p2", "Bo"))
    found = figures(requirement("p1", State.LEAVES), requirement("p2", State.ON_TIME), hires=people)
    assert (found.total.leaves, found.total.waiting, found.total.not_on_time) == (1, 0, 0)
    assert (found.total.counted, [r.hire for r in found.leaving]) == (1, ["p1"])
    assert "leaves" in {headline.id for headline in headlines(found)}
    assert State.LEAVES in told_states(found)
    without = figures(requirement("p2", State.ON_TIME), hires=people)
    assert {"leaves", "on_own", "unconfirmed"}.isdisjoint(headline.id for headline in headlines(without))
    assert State.LEAVES not in told_states(without)


def test_held_seats_that_nobody_has_confirmed_are_counted_of_all_held() -> None:
    day = date(2026, 8, 10)
    seats = [seat(who, session("R1", day)) for who in ("p1", "p2", "p3")]
    later = seat("p1", session("R2", date(2026, 10, 1)))
    held = (seats[0].model_copy(update={"unconfirmed": True}), *seats[1:], later)
    people = tuple(hire(id_, id_) for id_ in ("p1", "p2", "p3"))
    found = figures(requirement("p1", State.ON_TIME), bookings=held, hires=people)
    assert found.held_seats == (1, 3)
    (told,) = (headline for headline in headlines(found) if headline.id == "unconfirmed")
    assert (told.value, told.remark.split(";")[0]) == ("1 plats", "av 3 hållna")
