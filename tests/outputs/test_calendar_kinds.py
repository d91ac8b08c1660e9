"""Calendars of units and other receivers of their own people: who is in them, what they are called, how they change."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath

import pytest

from models.plan import MentorPair, Plan
from models.problem import Mentor, Organisation, TermProblem, Trainer
from outputs.events import number_events
from outputs.events.identity import UNIT
from outputs.events.kinds import KINDS, parted, within
from outputs.ics import calendars
from tests.outputs.factories import ANNA, BO, CIA, SESSIONS, bare_plan, planned, replaced, replanned, term
from tests.outputs.rfc5545 import Component, checked, text

SEATS = {"p1": "CI-1-1 CI-1-2", "p2": "CI-1-1", "p3": "CI-1-1 CI-1-2"}
IN_UNITS = (
    ANNA,
    BO.model_copy(update={"unit": "Mottag"}),
    CIA.model_copy(update={"unit": "Mottag"}),
)


def files(problem: TermProblem, plan: Plan) -> dict[str, Component]:
    return {str(path): checked(data) for path, data in calendars(problem, plan)}


def raw(problem: TermProblem, plan: Plan) -> dict[PurePosixPath, bytes]:
    return dict(calendars(problem, plan))


def summaries(events: Iterable[Component]) -> list[str]:
    return [text(event.value("SUMMARY")) for event in events]


def test_a_unit_reads_of_its_own_people_and_no_others_of_its_administration() -> None:
    problem = term(hires=IN_UNITS)
    found = files(problem, planned(problem, SEATS))

    north, south = found["enhet/N-Mottag.ics"], found["enhet/S-Mottag.ics"]
    first, second = (text(event.value("DESCRIPTION")) for event in north.all("VEVENT"))
    assert first.endswith("Deltagare: 2\n- Anna Ek\n- Bo Åhl")
    assert second.endswith("Deltagare: 1\n- Anna Ek")
    assert all("Anna" not in event.value("DESCRIPTION") for event in south.all("VEVENT"))
    assert text(north.value("NAME")) == "Introduktion Mottag, Nordost HT 2026"


def test_who_has_no_unit_makes_no_calendar() -> None:
    found = files(term(), planned(term(), SEATS))
    assert [path for path in found if path.startswith("enhet/")] == ["enhet/N-Mottag.ics"]


def test_a_unit_that_everybody_left_is_told_that_the_session_is_held_without_them() -> None:
    problem = term(hires=IN_UNITS)
    first = planned(problem, {"p1": "CI-1-1", "p3": "CI-1-1"})
    moved = term(hires=(ANNA.model_copy(update={"unit": "Vuxna"}), *IN_UNITS[1:]))
    second = replanned(moved, {"p1": "CI-1-1", "p3": "CI-1-1"}, problem, first)
    third = replanned(moved, {"p1": "CI-1-1", "p3": "CI-1-1"}, moved, second)

    (withdrawn,) = files(moved, second)["enhet/N-Mottag.ics"].all("VEVENT")
    assert summaries([withdrawn]) == ["AVBOKAT: Central introduktion: Staden"]
    assert text(withdrawn.value("DESCRIPTION")).endswith("Tillfället hålls, men ingen av era deltar längre.")
    assert (withdrawn.value("STATUS"), withdrawn.value("SEQUENCE")) == ("CANCELLED", "1")
    assert files(moved, third)["enhet/N-Mottag.ics"].all("VEVENT") == []
    (new,) = files(moved, second)["enhet/N-Vuxna.ics"].all("VEVENT")
    assert (new.value("STATUS"), new.value("SEQUENCE")) == ("CONFIRMED", "0")


def test_a_unit_that_left_the_tables_keeps_its_calendar_for_as_long_as_it_has_a_cancellation_to_show() -> None:
    problem = term(hires=IN_UNITS)
    alone = term(hires=IN_UNITS[2:])
    first = planned(problem, SEATS)
    second = replanned(alone, {"p3": SEATS["p3"]}, problem, first)
    third = replanned(alone, {"p3": SEATS["p3"]}, alone, second)

    gone = files(alone, second)["enhet/N-Mottag.ics"].all("VEVENT")
    assert summaries(gone) == ["AVBOKAT: Central introduktion: Staden", "AVBOKAT: Central introduktion: Uppdraget"]
    assert "enhet/N-Mottag.ics" not in files(alone, third)


def test_when_nothing_changed_no_byte_of_any_calendar_changes() -> None:
    problem = term(hires=IN_UNITS)
    first = planned(problem, SEATS)
    assert raw(problem, replanned(problem, SEATS, problem, first)) == raw(problem, first)


def test_the_same_session_has_another_uid_in_every_calendar() -> None:
    problem = term(hires=IN_UNITS)
    found = files(problem, planned(problem, SEATS))
    uids = [event.value("UID") for calendar in found.values() for event in calendar.all("VEVENT")]
    assert len(uids) == len(set(uids))


def test_two_units_whose_names_read_alike_have_files_and_uids_of_their_own() -> None:
    """Administration A-B with unit C, and A with unit B-C; one that differs in case alone."""
    problem = term(
        organisations=(Organisation(id="A-B", name="Ett"), Organisation(id="A", name="Två")),
        hires=(
            ANNA.model_copy(update={"organisation": "A-B", "unit": "C"}),
            BO.model_copy(update={"organisation": "A", "unit": "B-C"}),
            CIA.model_copy(update={"organisation": "A", "unit": "b-c"}),
        ),
    )
    found = files(problem, planned(problem, {"p1": "CI-1-1", "p2": "CI-1-1", "p3": "CI-1-1"}))
    units = {path: calendar for path, calendar in found.items() if path.startswith("enhet/")}
    assert len({path.casefold() for path in units}) == 3
    assert len({event.value("UID") for calendar in units.values() for event in calendar.all("VEVENT")}) == 3


def test_a_units_file_keeps_its_name_when_one_that_reads_alike_arrives() -> None:
    both = (Organisation(id="A-B", name="Ett"), Organisation(id="A", name="Två"))
    anna = ANNA.model_copy(update={"organisation": "A-B", "unit": "C"})
    bo = BO.model_copy(update={"organisation": "A", "unit": "B-C"})
    before = term(organisations=both, hires=(anna,))
    after = term(organisations=both, hires=(anna, bo))
    first = planned(before, {"p1": "CI-1-1"})
    second = replanned(after, {"p1": "CI-1-1", "p2": "CI-1-1"}, before, first)
    third = replanned(after, {"p1": "CI-1-1", "p2": "CI-1-1"}, after, second)

    names = [path for path in files(after, second) if path.startswith("enhet/")]
    assert "enhet/A-B-C.ics" in names
    assert len(names) == 2
    assert summaries(files(after, second)["enhet/A-B-C.ics"].all("VEVENT")) == ["Central introduktion: Staden"]
    assert "Anna" in text(files(after, second)["enhet/A-B-C.ics"].all("VEVENT")[0].value("DESCRIPTION"))
    assert [path for path in files(after, third) if path.startswith("enhet/")] == names


@pytest.mark.parametrize("pair", [("N", "Mottag"), ("A-B", "C"), ("A", "B-C"), ("%2D", "-"), ("%", "%2D"), ("", "-")])
def test_an_owner_that_is_put_together_comes_apart_again(pair: tuple[str, str]) -> None:
    assert parted(within(*pair)) == pair


def test_a_plan_made_before_a_kind_of_calendar_existed_shows_it_as_a_plan_of_today_would() -> None:
    problem = term(hires=IN_UNITS)
    today = planned(problem, SEATS)
    old = today.model_copy(update={"events": tuple(row for row in today.events if row.calendar != UNIT)})

    assert raw(problem, old) == raw(problem, today)
    assert replanned(problem, {"p3": "CI-1-1"}, problem, old) == replanned(problem, {"p3": "CI-1-1"}, problem, today)


def test_rows_of_a_kind_that_a_later_program_writes_are_no_obstacle() -> None:
    problem = term()
    plan = planned(problem, SEATS)
    stranger = plan.events[0].model_copy(update={"calendar": "rymden"})
    assert raw(problem, plan.model_copy(update={"events": (*plan.events, stranger)})) == raw(problem, plan)


MARIA = {"manager": "Maria Chef", "manager_email": "Maria.Chef@Nordost.example"}
WITH_MANAGERS = (
    ANNA.model_copy(update=MARIA),
    BO.model_copy(update={**MARIA, "manager_email": "maria.chef@nordost.example"}),
    CIA.model_copy(update={"manager": "Maria Chef"}),
)
EVA = Trainer(id="u1", name="Eva Alm", organisation="N")
PER = Trainer(id="u2", name="Per Lo")


def test_a_manager_is_one_by_her_address_however_it_is_written_and_else_by_her_name_within_an_administration() -> None:
    problem = term(hires=WITH_MANAGERS)
    found = files(problem, planned(problem, SEATS))

    north, south = found["chef/N-maria.chef@nordost.example.ics"], found["chef/S-Maria Chef.ics"]
    assert text(north.all("VEVENT")[0].value("DESCRIPTION")).endswith("Deltagare: 2\n- Anna Ek, Mottag\n- Bo Åhl")
    assert text(south.all("VEVENT")[0].value("DESCRIPTION")).endswith("Deltagare: 1\n- Cia Öst")
    assert text(north.value("NAME")) == "Introduktion, chef Maria Chef HT 2026"
    assert north.all("VEVENT")[0].value("TRANSP") == "TRANSPARENT"


def test_who_changes_manager_is_withdrawn_from_the_one_and_new_with_the_other() -> None:
    before = term(hires=WITH_MANAGERS)
    moved = (WITH_MANAGERS[0].model_copy(update={"manager_email": "ny@example.se"}), *WITH_MANAGERS[1:])
    after = term(hires=moved)
    second = replanned(after, SEATS, before, planned(before, SEATS))
    found = files(after, second)

    old = found["chef/N-maria.chef@nordost.example.ics"].all("VEVENT")
    assert summaries(old) == ["Central introduktion: Staden", "AVBOKAT: Central introduktion: Uppdraget"]
    assert text(old[1].value("DESCRIPTION")).endswith("Tillfället hålls, men ingen av dina deltar längre.")
    assert summaries(found["chef/N-ny@example.se.ics"].all("VEVENT")) == [
        "Central introduktion: Staden", "Central introduktion: Uppdraget"
    ]  # fmt: skip


def test_a_trainer_reads_who_comes_to_what_she_holds_and_nothing_else() -> None:
    sessions = replaced(SESSIONS, "CI-1-2", trainers=("Per Lo", "Någon Annan"))
    problem = term(sessions=sessions, trainers=(EVA, PER))
    found = files(problem, planned(problem, SEATS))

    (eva,), (per,) = (found[f"utbildare/{id_}.ics"].all("VEVENT") for id_ in ("u1", "u2"))
    assert text(eva.value("DESCRIPTION")).endswith(
        "Deltagare: 3\n- Anna Ek, Nordost\n- Bo Åhl, Nordost\n- Cia Öst, Sydväst"
    )
    assert "@example.se" not in text(eva.value("DESCRIPTION"))
    assert eva.value("TRANSP") == "OPAQUE"
    assert per.value("DTSTART") == "20261023T090000"


def test_a_trainer_whose_session_another_holds_is_told_that_it_is_held_without_her() -> None:
    before = term(trainers=(EVA, PER))
    after = term(trainers=(EVA, PER), sessions=replaced(SESSIONS, "CI-1-1", trainers=("Per Lo",)))
    second = replanned(after, SEATS, before, planned(before, SEATS))

    first, _ = files(after, second)["utbildare/u1.ics"].all("VEVENT")
    assert summaries([first]) == ["AVBOKAT: Central introduktion: Staden"]
    assert text(first.value("DESCRIPTION")).endswith("Tillfället hålls, men inte längre av dig.")
    assert summaries(files(after, second)["utbildare/u2.ics"].all("VEVENT")) == ["Central introduktion: Staden"]


def test_a_trainer_whose_session_lost_everybody_is_told_that_it_is_off() -> None:
    problem = term(trainers=(EVA,))
    second = replanned(problem, {}, problem, planned(problem, {"p1": "CI-1-1"}))
    assert summaries(files(problem, second)["utbildare/u1.ics"].all("VEVENT")) == [
        "INSTÄLLT: Central introduktion: Staden"
    ]


def test_without_a_sender_units_managers_and_trainers_read_from_their_own_administration() -> None:
    problem = term(organizer=None, hires=WITH_MANAGERS, trainers=(EVA, PER))
    found = files(problem, planned(problem, SEATS))
    for path in ("enhet/N-Mottag.ics", "chef/N-maria.chef@nordost.example.ics", "utbildare/u1.ics"):
        assert {e.value("ORGANIZER") for e in found[path].all("VEVENT")} == {"mailto:nordost@example.se"}, path
    assert not any(event.has("ORGANIZER") for event in found["chef/S-Maria Chef.ics"].all("VEVENT"))


KIM = Mentor(id="m1", name="Kim Mentor", organisation="N")
LO = Mentor(id="m2", name="Lo Mentor", organisation="N")


def paired(plan: Plan, **mentors: str) -> Plan:
    return plan.model_copy(update={"mentors": tuple(MentorPair(hire=h, mentor=m) for h, m in mentors.items())})


def test_a_mentor_reads_of_those_she_accompanies_and_of_nobody_else_and_another_takes_over() -> None:
    problem = term(mentors=(KIM, LO))
    first = number_events(problem, paired(bare_plan(problem, SEATS), p1="m1", p2="m1"), None, None)
    bare = paired(bare_plan(problem, SEATS, number=2), p1="m2", p2="m1")
    second = number_events(problem, bare, problem, first)

    kim = files(problem, first)["mentor/m1.ics"].all("VEVENT")
    assert text(kim[0].value("DESCRIPTION")).endswith("Deltagare: 2\n- Anna Ek, Mottag\n- Bo Åhl")
    assert files(problem, first)["mentor/m2.ics"].all("VEVENT") == []
    after = files(problem, second)
    assert summaries(after["mentor/m1.ics"].all("VEVENT")) == [
        "Central introduktion: Staden", "AVBOKAT: Central introduktion: Uppdraget"
    ]  # fmt: skip
    assert summaries(after["mentor/m2.ics"].all("VEVENT")) == [
        "Central introduktion: Staden", "Central introduktion: Uppdraget"
    ]  # fmt: skip
    assert text(after["mentor/m2.ics"].value("NAME")) == "Introduktion, mentor Lo Mentor HT 2026"


def test_every_kind_is_written_for_somebody_of_the_small_term() -> None:
    problem = term(hires=WITH_MANAGERS, trainers=(EVA,), mentors=(KIM,))
    folders = {path.parts[0] for path in raw(problem, planned(problem, SEATS))}
    assert folders == {"person", *(kind.id for kind in KINDS)}
