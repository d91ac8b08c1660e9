"""With pseudonyms no name or address of a person is left, and everything else is as it was."""

from __future__ import annotations

import re

from outputs.ics import calendars, changes, unsendable
from outputs.pseudonyms import pseudonymise, pseudonymise_plan
from tests.outputs.factories import ANNA, BO, CIA, SESSIONS, planned, replaced, replanned, term
from tests.outputs.rfc5545 import checked, text

SECRETS = ("Anna Ek", "Bo Åhl", "Cia Öst", "Eva Alm", "Per Lo", "@example.se")
SEATS = {"p1": "CI-1-1 CI-1-2", "p3": "CI-1-1"}


def test_neither_problem_nor_plan_holds_a_name_or_an_address() -> None:
    before = term(sessions=replaced(SESSIONS, "CI-1-1", trainers=("Per Lo",)))
    first = planned(before, SEATS)
    after = term(sessions=SESSIONS[1:])
    second = replanned(after, {"p1": "CI-1-2"}, before, first)

    written = pseudonymise(after).model_dump_json() + pseudonymise_plan(second).model_dump_json()

    assert "Per Lo" in second.model_dump_json()
    assert not [secret for secret in SECRETS if secret in written]


def test_calendars_name_people_by_their_ids() -> None:
    problem = term()
    plan = planned(problem, SEATS)

    files = dict(calendars(pseudonymise(problem), pseudonymise_plan(plan)))

    everything = "\n".join(
        text(event.value("DESCRIPTION")) for data in files.values() for event in checked(data).all("VEVENT")
    )
    assert "- p1, Mottag" in everything
    assert re.search("Utbildare: Utbildare [0-9a-f]{8}", everything)
    joined = b"".join(files.values()).replace(b"\r\n ", b"").decode()
    assert not [secret for secret in SECRETS if secret in joined]


def test_addresses_go_nowhere_and_changes_can_still_be_written() -> None:
    problem = term()
    first = planned(problem, {})
    second = replanned(problem, SEATS, problem, first)
    hidden = pseudonymise(problem)

    files = dict(changes(hidden, pseudonymise_plan(second), hidden, pseudonymise_plan(first)))

    assert len(files) == 3
    assert all(b".invalid" in data and b"example.se" not in data for data in files.values())


def test_nobody_gets_an_address_that_she_did_not_have() -> None:
    silent = term(hires=(ANNA.model_copy(update={"email": None}), BO, CIA), organizer=None)
    hidden = pseudonymise(silent)
    second = replanned(silent, SEATS, silent, planned(silent, {}))

    assert hidden.settings.organizer is None
    assert [o.email for o in hidden.organisations] == ["N@pseudonym.invalid", None]
    assert unsendable(hidden, second, hidden, planned(silent, {})) == ("p1", "p3")


def test_each_trainer_has_one_alias_in_problem_and_plan() -> None:
    problem = term(sessions=replaced(SESSIONS, "CI-1-1", trainers=("Per Lo", "Eva Alm")))
    plan = planned(problem, SEATS)

    sessions = pseudonymise(problem).session_by_id
    bookings = pseudonymise_plan(plan).bookings

    assert len(set(sessions["CI-1-1"].trainers)) == 2
    assert all(b.trainers == sessions[b.session].trainers for b in bookings)


def test_a_new_trainer_leaves_the_aliases_of_the_others() -> None:
    def aliases(*names: str) -> tuple[str, ...]:
        hidden = pseudonymise(term(sessions=replaced(SESSIONS, "CI-1-1", trainers=names)))
        return hidden.session_by_id["CI-1-1"].trainers

    assert aliases("Per Lo", "Adam Berg") == (*aliases("Per Lo"), *aliases("Adam Berg"))


def test_pseudonyms_of_pseudonyms_are_the_same() -> None:
    once = pseudonymise(term(sessions=replaced(SESSIONS, "CI-1-1", trainers=("Per Lo",))))
    assert pseudonymise(once) == once


def test_ids_units_and_times_stay() -> None:
    problem = term()
    hidden = pseudonymise(problem)

    assert [(h.id, h.unit, h.starts) for h in hidden.hires] == [(h.id, h.unit, h.starts) for h in problem.hires]
    assert hidden.programmes == problem.programmes
