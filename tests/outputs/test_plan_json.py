"""plan.json and indata.json: OUTPUT.md, schema 1."""

import json
import pickle
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import get_args
from zoneinfo import ZoneInfo

import pytest
from pydantic import BaseModel

from models.change import PlanDiff
from models.ids import Level, Rule, State
from models.plan import Booking, LevelResult, Plan, Previous, Reason, Requirement, RoundUse, SharedEvent, Suggestion
from models.problem import Break, Credit, Hire, Module, Organisation, Programme, Round, Session, Settings, TermProblem
from outputs.plan_json import DAYS, DamagedFileError, problem_bytes, problem_sha256, read_plan, read_problem
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


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (b'"changed_in": null', b'"changed_in": 253402300799', r"bookings\[0\].changed_in har ett"),
        (b'"plan_number": 1', b'"plan_number": 1000001', "plan_number har ett"),
        (b'"module": 1', b'"module": -1', r"bookings\[0\].module har ett"),
        (b'"seats": 30', b'"seats": 1000000001', r"rounds\[0\].seats har ett"),
        (b'"value": 0', b'"value": NaN', "NaN är inget tal"),
        (b'"value": 0', b'"value": 1e308', "fler än 12 siffror"),
    ],
)
def test_a_number_that_no_calendar_or_solver_can_count_with_is_told(old: bytes, new: bytes, says: str) -> None:
    data = plan_bytes(plan())
    assert old in data
    with pytest.raises(DamagedFileError, match=says):
        read_plan(data.replace(old, new))


def test_the_largest_number_of_a_plan_is_read() -> None:
    data = plan_bytes(plan()).replace(b'"changed_in": null', b'"changed_in": 1000000')
    assert read_plan(data).bookings[0].changed_in == 1_000_000


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (b'"day": "2026-09-15"', b'"day": 0', "day i raden med id CI-1-1 är ett tal"),
        (b'"day": "2026-09-15"', b'"day": "1786000000"', "day i raden med id CI-1-1 är ett tal"),
        (b'"start": "09:00:00"', b'"start": 32400', "start i raden med id CI-1-1 är ett tal"),
        (b'"starts": "2026-08-01"', b'"starts": 20000.0', "starts i raden med id p1 är ett tal"),
    ],
)
def test_a_number_where_a_day_or_a_time_is_meant_is_told(old: bytes, new: bytes, says: str) -> None:
    data = problem_bytes(problem())
    assert old in data
    with pytest.raises(DamagedFileError, match=says):
        read_problem(data.replace(old, new))


def test_days_of_a_plan_are_text_too() -> None:
    data = plan_bytes(plan()).replace(b'"horizon": ["2026-08-17"', b'"horizon": [1786000000')
    with pytest.raises(DamagedFileError, match="horizon i raden med schema 1 är ett tal"):
        read_plan(data)


def test_a_file_name_that_is_a_number_is_no_day() -> None:
    named = plan(files={"p.1": "p-1", "slut": "2"})
    assert read_plan(plan_bytes(named)).files == named.files


def test_no_number_of_the_stored_files_has_the_name_of_a_day() -> None:
    names = {name for kind in (Plan, TermProblem, PlanDiff) for name in _of_numbers(kind)}
    assert {"module", "seats", "changed_in", "expected"} <= names
    assert not names & DAYS


def _of_numbers(kind: type[BaseModel]) -> Iterator[str]:
    for name, field in kind.model_fields.items():
        if {int, float} & {field.annotation, *get_args(field.annotation)}:
            yield name
        for part in get_args(field.annotation):
            if isinstance(part, type) and issubclass(part, BaseModel):
                yield from _of_numbers(part)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (b'"seats": 30', b'"seats": 100001', r"seats i omgångar \(CI-1\) är 100001, men ska ligga mellan 0 och 100000"),
        (b'"notice_days": 14', b'"notice_days": -1', "notice_days i inställningar"),
        (b'"weekly_cap": 3', b'"weekly_cap": 99', "weekly_cap i inställningar"),
        (b'"priority": 1', b'"priority": 4', r"priority i nyanställda \(p1\) är 4"),
        (b'"number": 2', b'"number": 100001', "moment nummer 100001"),
        (b'"module": 2, "meeting"', b'"module": 7, "meeting"', "tillfället CI-1-2 är av moment 7, som CI inte har"),
        (b'"programme": "CI", "module": 2}', b'"programme": "CI", "module": 8}', "p2 nämner moment 8"),
        (b'"weekdays": [1, 3]', b'"weekdays": [1, 8]', "veckodagen 8 i p1"),
        (b'"2026-10-26"', b'"1899-12-31"', "året 1899 ligger inte mellan"),
    ],
)
def test_a_stored_input_keeps_the_bounds_that_the_tables_have(old: bytes, new: bytes, says: str) -> None:
    data = problem_bytes(problem())
    assert old in data
    with pytest.raises(DamagedFileError, match=says):
        read_problem(data.replace(old, new, 1))
