"""plan.json and indata.json: OUTPUT.md, schema 1."""

import json
import pickle
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from models.ids import Level, Rule, State
from models.plan import Booking, LevelResult, Plan, Previous, Reason, Requirement, RoundUse, SharedEvent, Suggestion
from models.problem import Break, Credit, Hire, Module, Organisation, Programme, Round, Session, Settings, TermProblem
from outputs.plan_json import DamagedFileError, problem_bytes, problem_sha256, read_plan, read_problem
from tests.plan_bytes import plan_bytes

STOCKHOLM = ZoneInfo("Europe/Stockholm")


def seat(hire: str = "p1", day: date = date(2026, 9, 15), session: str = "CI-1-1") -> Booking:
    return Booking(
        hire=hire,
        programme="CI",
        module=1,
        meeting=1,
        round="CI-1",
        session=session,
        start=datetime.combine(day, time(9), STOCKHOLM),
        end=datetime.combine(day, time(16), STOCKHOLM),
        place="Rådhuset",
        room=None,
        trainers=("Åsa Öberg", "Bo Ek"),
        changed_on=date(2026, 8, 3),
    )


def test_a_seat_of_somebody_else_is_a_whole_booking() -> None:
    other = seat("p1").taken_by("p2")
    assert other == seat("p2")
    assert other.model_dump() == seat("p2").model_dump()
    assert other.model_copy(update={"sequence": 1}) == seat("p2").model_copy(update={"sequence": 1})
    assert pickle.loads(pickle.dumps(other)) == seat("p2")
    assert hash(other) == hash(seat("p2"))


def plan(**changes: object) -> Plan:
    content: dict[str, object] = {
        "schema": 1,
        "planning_date": date(2026, 8, 3),
        "term": "HT 2026",
        "horizon": (date(2026, 8, 17), date(2027, 1, 15)),
        "input_sha256": "ab" * 32,
        "seed": 1,
        "bookings": (seat(),),
        "requirements": (
            Requirement(
                hire="p1",
                programme="CI",
                state=State.MISSING,
                deadline=date(2026, 12, 1),
                completed_on=None,
                reasons=(
                    Reason(round="CI-3", rule=Rule.OUTRANKED, level=Level.EQUITY),
                    Reason(round="CI-1", rule=Rule.EARLIEST),
                ),
            ),
        ),
        "rounds": (RoundUse(round="CI-1", runs=True, participants=24, seats=30),),
        "levels": (LevelResult(name=Level.ON_TIME, value=0, bound=0, proven=True),),
    }
    return Plan.model_validate(content | changes)


def problem(**changes: object) -> TermProblem:
    content: dict[str, object] = {
        "settings": Settings(horizon_start=date(2026, 8, 17), horizon_end=date(2027, 1, 15)),
        "breaks": (Break(name="Höstlov", first=date(2026, 10, 26), last=date(2026, 10, 30), organisations=("N", "C")),),
        "organisations": (Organisation(id="N", name="Nordost"), Organisation(id="C", name="Centrum")),
        "programmes": (
            Programme(
                id="CI",
                name="Central introduktion",
                deadline_months=4,
                modules=(Module(number=2, name="Dag 2"), Module(number=1, name="Dag 1")),
            ),
        ),
        "rounds": (Round(id="CI-1", programme="CI", seats=30, organisations=("N", "C")),),
        "sessions": (
            Session(
                id="CI-1-2",
                round="CI-1",
                module=2,
                meeting=1,
                day=date(2026, 9, 29),
                start=time(9),
                end=time(16),
                seats=30,
            ),
            Session(
                id="CI-1-1",
                round="CI-1",
                module=1,
                meeting=1,
                day=date(2026, 9, 15),
                start=time(9),
                end=time(16),
                seats=30,
            ),
        ),
        "hires": (
            Hire(
                id="p2",
                name="Åsa",
                organisation="N",
                starts=date(2026, 8, 1),
                credits=(Credit(programme="CI", module=2), Credit(programme="CI", module=1)),
                programmes=("CI",),
            ),
            Hire(id="p1", name="Bo", organisation="C", starts=date(2026, 8, 1), weekdays=(3, 1, 1)),
        ),
    }
    return TermProblem.model_validate(content | changes)


def test_keys_come_in_the_order_of_the_contract() -> None:
    found = json.loads(plan_bytes(plan(previous=Previous(plan_number=1, sha256="cd"))))
    assert list(found) == [
        "schema", "plan_number", "planning_date", "term", "horizon", "input_sha256", "previous", "seed",
        "bookings", "cancelled", "requirements", "rounds", "levels", "events", "used_sessions", "files",
    ]  # fmt: skip
    assert list(found["bookings"][0]) == [
        "hire", "programme", "module", "meeting", "round", "session",
        "start", "end", "place", "room", "trainers", "sequence", "changed_on", "changed_in",
    ]  # fmt: skip
    assert found["previous"] == {"plan_number": 1, "sha256": "cd"}
    assert found["horizon"] == ["2026-08-17", "2027-01-15"]


def test_times_carry_their_offset_on_both_sides_of_the_clock_change() -> None:
    found = json.loads(plan_bytes(plan(bookings=(seat(), seat(day=date(2026, 11, 3), session="CI-2-1")))))
    assert [b["start"] for b in found["bookings"]] == ["2026-09-15T09:00:00+02:00", "2026-11-03T09:00:00+01:00"]


def test_a_reason_has_a_level_only_where_there_is_one_and_comes_sorted() -> None:
    reasons = json.loads(plan_bytes(plan()))["requirements"][0]["reasons"]
    assert reasons == [
        {"round": "CI-1", "rule": "tidigast"},
        {"round": "CI-3", "rule": "prioriterad_bort", "level": "equity"},
    ]


def test_suggestions_are_there_only_when_something_was_tried() -> None:
    bare = plan()
    assert "suggestions" not in json.loads(plan_bytes(bare))["requirements"][0]
    helped = bare.requirements[0].model_copy(
        update={"suggestions": (Suggestion(kind="plats", round="CI-1", helps=True, more_on_time=2),)}
    )
    assert read_plan(plan_bytes(plan(requirements=(helped,)))).requirements[0].suggestions == helped.suggestions


def test_the_file_is_utf8_with_a_row_a_line_and_a_newline_last() -> None:
    data = plan_bytes(plan(bookings=(seat("p1"), seat("p2"))))
    assert "Åsa Öberg".encode() in data
    assert data.endswith(b"}\n")
    assert sum(line.startswith(b'  {"hire"') and b'"session"' in line for line in data.splitlines()) == 2


def test_what_is_written_is_read_again_and_written_the_same() -> None:
    full = plan(
        cancelled=(seat("p3"),),
        events=(SharedEvent(calendar="omgang", owner="CI-1", session="CI-1-1", changed_on=date(2026, 8, 3)),),
        previous=Previous(plan_number=1, sha256="ef"),
        plan_number=2,
    )
    data = plan_bytes(full)
    assert plan_bytes(read_plan(data)) == data
    assert read_plan(data).bookings == full.bookings


def test_the_order_in_which_a_plan_was_put_together_does_not_show() -> None:
    levels = (
        LevelResult(name=Level.ON_TIME, value=0, bound=0, proven=True),
        LevelResult(name=Level.DAYS, value=9, bound=None, proven=False),
    )
    one = plan(bookings=(seat("p1"), seat("p2")), levels=levels)
    other = plan(bookings=(seat("p2"), seat("p1")), levels=levels[::-1])
    assert plan_bytes(one) == plan_bytes(other)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "rad 1, tecken 1"),
        (b"PK\x03\x04\xff\xfe", "inte UTF-8"),
        (b'{"schema": 1', "rad 1, tecken"),
        (b"[1]", "inte ett JSON-objekt"),
        (b'{"schema": 3}', "uppdatera terminsplan"),
        (b'{"schema": "1"}', "schema är inte 1 eller 2"),
        (b'{"schema": 1}', "planning_date saknas"),
        (b"[" * 100_000, "djupt"),
    ],
)
def test_a_damaged_plan_is_told_in_swedish(data: bytes, says: str) -> None:
    with pytest.raises(DamagedFileError, match=says):
        read_plan(data)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (b'"2026-09-15T09:00:00+02:00"', b'"i morgon"', r"bookings\[0\].start har ett"),
        (b"T09:00:00+02:00", b"T09:00:00", "utan tidszon"),
        (b'"tidigast"', b'"senast"', r"requirements\[0\].reasons\[0\].rule har ett"),
        (b'"tidigast"', b'["tidigast"]', r"requirements\[0\].reasons\[0\].rule har ett"),
        (b'"rule": "tidigast"', b'"rule": "tidigast", "skal": 1', r"requirements\[0\].reasons\[0\].skal är okänd"),
        (b'"term": ', b'"rule": "tidigast", "term": ', "rule är okänd"),
        (b'"state"', b'"tillstand"', r"requirements\[0\].state saknas; requirements\[0\].tillstand är okänd"),
    ],
)
def test_a_plan_edited_by_hand_is_told_where(old: bytes, new: bytes, says: str) -> None:
    with pytest.raises(DamagedFileError, match=says):
        read_plan(plan_bytes(plan()).replace(old, new))


def test_many_faults_are_summed_up() -> None:
    data = plan_bytes(plan(bookings=tuple(seat(f"p{n}") for n in range(9)))).replace(b'"round": "CI-1"', b'"round": 7')
    with pytest.raises(DamagedFileError, match=r"och 8 fel till$"):
        read_plan(data)


def test_a_problem_is_read_again_in_normal_form() -> None:
    found = read_problem(problem_bytes(problem()))
    assert [o.id for o in found.organisations] == ["C", "N"]
    assert [h.id for h in found.hires] == ["p1", "p2"]
    assert [s.id for s in found.sessions] == ["CI-1-1", "CI-1-2"]
    assert [m.number for m in found.programmes[0].modules] == [1, 2]
    assert found.hire_by_id["p1"].weekdays == (1, 3)
    assert found.hire_by_id["p1"].programmes is None
    assert problem_bytes(found) == problem_bytes(problem())


def test_two_spellings_of_one_input_share_their_hash() -> None:
    plain = problem()
    turned = plain.model_copy(
        update={
            "hires": plain.hires[::-1],
            "sessions": plain.sessions[::-1],
            "organisations": plain.organisations[::-1],
            "rounds": (plain.rounds[0].model_copy(update={"organisations": ("C", "N", "C")}),),
        }
    )
    assert problem_sha256(turned) == problem_sha256(plain)


def test_another_input_has_another_hash() -> None:
    plain = problem()
    later = plain.hires[0].model_copy(update={"starts": date(2026, 8, 2)})
    assert problem_sha256(plain.model_copy(update={"hires": (later, *plain.hires[1:])})) != problem_sha256(plain)


def test_a_hire_with_no_programmes_is_not_one_whom_the_rules_decide_for() -> None:
    nothing = problem(hires=(Hire(id="p1", name="Bo", organisation="C", starts=date(2026, 8, 1), programmes=()),))
    assert read_problem(problem_bytes(nothing)).hires[0].programmes == ()


def test_the_order_of_trainers_is_kept_since_people_see_it() -> None:
    session = problem().sessions[0].model_copy(update={"trainers": ("Öst", "Al")})
    assert read_problem(problem_bytes(problem(sessions=(session,)))).sessions[0].trainers == ("Öst", "Al")


def test_an_input_whose_references_are_broken_is_told_in_swedish() -> None:
    data = problem_bytes(problem()).replace(b'"organisation": "N"', b'"organisation": "X"')
    with pytest.raises(DamagedFileError, match=r"^indata\.json är skadad: förvaltning 'X' finns inte$"):
        read_problem(data)


def test_reasons_that_are_equal_are_read_as_one() -> None:
    requirement = plan().requirements[0]
    several = tuple(requirement.model_copy(update={"hire": f"p{n}"}) for n in range(3))
    read = read_plan(plan_bytes(plan(requirements=several)))
    assert [row.reasons for row in read.requirements] == [several[0].reasons[::-1]] * 3
    assert len({id(reason) for row in read.requirements for reason in row.reasons}) == 2
