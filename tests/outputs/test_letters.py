"""Letters and mailed events as a mail program takes them:
whose they are, what they say, and that nothing else gets in.
"""

from __future__ import annotations

import csv
import email
import email.policy
import io
import re
from collections.abc import Mapping
from datetime import date
from email.header import decode_header, make_header
from email.message import EmailMessage
from pathlib import PurePosixPath

import pytest

from models.change import Change, ChangeKind, PlanDiff
from models.ids import Rule, State
from models.plan import Plan, Requirement
from models.problem import Organisation, TermProblem
from outputs.ics import calendars
from outputs.letters.files import TABLE, files, letters, owned, without_sender
from outputs.letters.mail import mailable
from outputs.letters.sending import Sending
from outputs.words import STATES
from scheduler.answers.differences import diff
from tests.outputs.factories import ANNA, BO, CIA, NORTH, SESSIONS, planned, replaced, replanned, term
from tests.outputs.rfc5545 import checked

SEATS = {"p1": "CI-1-1 CI-1-2", "p2": "CI-1-1", "p3": "CI-1-1 CI-1-2"}
LATER = date(2026, 8, 10)
HOSTILE = 'Ebba\r\nBcc: alla@example.se\n\n<script>alert("1")</script>;=1+1'


def first(problem: TermProblem) -> Sending:
    return Sending(problem, planned(problem, SEATS))


def changed(
    after: TermProblem, seats: Mapping[str, str], before: TermProblem | None = None, plan: Plan | None = None
) -> Sending:
    """What differs since a first plan; each lost or moved seat for want of its session."""
    before = before or term()
    plan = plan or planned(before, SEATS)
    later = replanned(after, seats, before, plan, on=LATER)
    left = [hire for hire in before.hires if hire.id not in after.hire_by_id]
    found = diff(plan, later, {}, left)
    caused = tuple(c if c.kind in (ChangeKind.NEW, ChangeKind.DETAILS) else _closed(c) for c in found.changes)
    return Sending(after, later, found.model_copy(update={"changes": caused}), before, plan)


def _closed(change: Change) -> Change:
    return change.model_copy(update={"forced_by": Rule.CLOSED})


def sent(sending: Sending, *, invitations: bool = False) -> dict[str, EmailMessage]:
    """Every message by its path, parsed; none may have a defect."""
    found = {}
    for path, content in files(sending, letters(sending), with_invitations=invitations):
        if path.suffix == ".eml":
            message = email.message_from_bytes(content, policy=email.policy.default)
            assert isinstance(message, EmailMessage)
            assert [part.defects for part in message.walk() if part.defects] == []
            found[str(path)] = message
    return found


def text_of(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body is not None
    return " ".join(str(body.get_content()).split())


def html_of(message: EmailMessage) -> str:
    body = message.get_body(("html",))
    assert body is not None
    return str(body.get_content())


def test_everyone_and_each_administration_gets_a_letter_of_her_own() -> None:
    found = sent(first(term()))
    assert sorted(found) == ["forvaltning/N.eml", "person/p1.eml", "person/p2.eml", "person/p3.eml"]
    assert found["person/p1.eml"]["To"] == "Anna Ek <anna@example.se>"
    assert found["forvaltning/N.eml"]["To"] == "Nordost <nordost@example.se>"
    assert {message["From"] for message in found.values()} == {"plan@example.se"}


def test_messages_are_drafts_with_dates_and_ids_of_their_own_and_nothing_but_ascii() -> None:
    sending = changed(term(sessions=replaced(SESSIONS, "CI-1-1", day=date(2026, 9, 16))), SEATS)
    contents = [c for p, c in files(sending, letters(sending), with_invitations=True) if p.suffix == ".eml"]
    for content in contents:
        assert content.isascii()
        assert not re.search(rb"(?<!\r)\n|\r(?!\n)", content)
        assert max(map(len, content.split(b"\r\n"))) <= 998
    found = sent(sending, invitations=True)
    assert {message["X-Unsent"] for message in found.values()} == {"1"}
    assert {message["Date"] for message in found.values()} == {"Mon, 10 Aug 2026 00:00:02 +0000"}
    stored = Sending(sending.problem, sending.plan)
    dates = {str(message["Date"]) for path, message in sent(stored, invitations=True).items() if "kallelser" in path}
    assert dates == {"Mon, 10 Aug 2026 00:00:02 +0000", "Mon, 03 Aug 2026 00:00:01 +0000"}
    assert len({message["Message-ID"] for message in found.values()}) == len(found) == len(contents)
    assert all(re.fullmatch(r"<[^<>@\s]+@example\.se>", message["Message-ID"].strip()) for message in found.values())


def test_the_same_plan_gives_the_same_bytes() -> None:
    one, other = (list(files(s, letters(s), with_invitations=True)) for s in (first(term()), first(term())))
    assert one == other


def test_a_hire_reads_when_and_where_and_whom_to_ask_and_gets_her_calendar() -> None:
    sending = first(term())
    message = sent(sending)["person/p1.eml"]
    for form in (text_of(message), " ".join(html_of(message).split())):
        assert "tis 15 sep 2026 kl. 09:00–16:00" in form
        assert "Central introduktion: Staden" in form
        assert "Kungsgatan 1, Sal 3. Utbildare: Eva Alm. Omgång CI-1." in form
        assert "Förhinder meddelas Nordost, nordost@example.se" in form
        assert "svara på det här brevet, eller skriv till plan@example.se" in form
    (attached,) = message.iter_attachments()
    own = dict(calendars(sending.problem, sending.plan))[PurePosixPath("person/p1.ics")]
    assert (attached.get_filename(), attached.get_payload(decode=True)) == ("p1.ics", own)
    assert attached.get_content_type() == "text/calendar"


def test_no_letter_to_a_hire_says_anything_of_another() -> None:
    for path, message in sent(first(term())).items():
        if path.startswith("person"):
            others = [h for h in (ANNA, BO, CIA) if f"{h.id}.eml" not in path]
            whole = text_of(message) + html_of(message) + str(message["To"])
            assert not [h.name for h in others if h.name in whole or str(h.email) in whole]


def test_no_letter_to_an_administration_says_anything_of_anothers_people() -> None:
    message = sent(first(term()))["forvaltning/N.eml"]
    assert "Anna Ek, Mottag" in text_of(message)
    assert "Bo Åhl" in text_of(message)
    assert "Cia" not in text_of(message) + html_of(message)
    assert [part.get_filename() for part in message.iter_attachments()] == ["lista.xlsx", "N.ics"]


def test_a_moved_a_lost_and_a_new_seat_are_told_each_with_why() -> None:
    sessions = tuple(s for s in SESSIONS if s.id != "CI-1-1")
    sending = changed(term(sessions=sessions), {"p1": "CI-2-1 CI-1-2 HS-1-1", "p3": "CI-1-2"})
    found = sent(sending)

    anna = text_of(found["person/p1.eml"])
    assert str(found["person/p1.eml"]["Subject"]) == "Din introduktion HT 2026: 1 flyttat, 1 nytt"
    assert "FLYTTAT Den gamla platsen gick inte att behålla: tillfället 15 sep i CI-1 finns inte längre" in anna
    assert "Förut: tis 15 sep 2026 kl. 09:00–16:00. Nu: mån 26 okt 2026 kl. 09:00–16:00." in anna
    assert "NYTT - Handläggarskola: Samtal tis 1 sep 2026 kl. 09:00–16:00." in anna
    cia = text_of(found["person/p3.eml"])
    assert "INSTÄLLT Den gamla platsen" in cia
    assert "tis 15 sep 2026 kl. 09:00–16:00, omgång CI-1, är inte längre din plats." in cia
    north = text_of(found["forvaltning/N.eml"])
    assert "Anna Ek, Mottag: flyttat, Central introduktion Förut: CI-1: 15 sep Nu: CI-2: 26 okt" in north
    assert "Bo Åhl: inställt, Central introduktion CI-1: 15 sep" in north


def test_with_an_earlier_plan_only_those_are_told_for_whom_something_is_another() -> None:
    sending = changed(term(), {**SEATS, "p3": "CI-1-1"})
    assert sorted(sent(sending)) == ["person/p3.eml"]
    assert sent(changed(term(), SEATS)) == {}


def test_who_came_since_reads_a_first_letter_and_not_one_of_changes() -> None:
    dan = CIA.model_copy(update={"id": "p4", "name": "Dan Ny", "email": "dan@example.se"})
    found = sent(changed(term(hires=(ANNA, BO, CIA, dan)), {**SEATS, "p4": "CI-1-1"}))
    message = found["person/p4.eml"]
    assert str(message["Subject"]) == "Din introduktion HT 2026"
    assert "Här är tiderna för din introduktion." in text_of(message)
    assert "NYTT" not in text_of(message)


def test_who_left_is_told_at_her_address_what_is_no_longer_hers() -> None:
    found = sent(changed(term(hires=(ANNA, BO)), {"p1": SEATS["p1"], "p2": SEATS["p2"]}))
    message = found["person/p3.eml"]
    assert message["To"] == "Cia Öst <cia@example.se>"
    assert "ska du inte längre gå introduktionen" in text_of(message)
    assert "Du har inga bokade tillfällen kvar." in text_of(message)
    assert "tabell" not in text_of(message)


def test_a_new_address_gets_all_times_though_none_changed() -> None:
    moved = term(hires=(ANNA.model_copy(update={"email": "ny@example.se"}), BO, CIA))
    found = sent(changed(moved, SEATS))
    assert sorted(found) == ["person/p1.eml"]
    assert found["person/p1.eml"]["To"] == "Anna Ek <ny@example.se>"
    assert "Din e-postadress är ny hos oss." in text_of(found["person/p1.eml"])


def test_what_is_not_booked_is_told_without_blame() -> None:
    problem = term()
    plan = planned(problem, SEATS).model_copy(
        update={
            "requirements": (
                Requirement(hire="p1", programme="HS", state=State.WAITING, deadline=None, completed_on=None),
                Requirement(hire="p2", programme="HS", state=State.MISSING, deadline=LATER, completed_on=None),
                Requirement(hire="p1", programme="CI", state=State.ON_TIME, deadline=None, completed_on=LATER),
                Requirement(hire="p3", programme="HS", state=State.ON_OWN, deadline=LATER, completed_on=None),
                Requirement(hire="p3", programme="CI", state=State.LEAVES, deadline=None, completed_on=None),
            )
        }
    )
    found = sent(Sending(problem, plan))
    assert "INTE BOKAT ÄN - Handläggarskola Du får besked när en plats är bokad." in text_of(found["person/p1.eml"])
    assert "- Handläggarskola Ingen plats har gått att ordna i tid än." in text_of(found["person/p2.eml"])
    cia = text_of(found["person/p3.eml"])
    assert "INTE BOKAT ÄN - Central introduktion Den hinns inte innan du slutar." in cia
    assert "DET HÄR GÖR DU PÅ EGEN TID - Handläggarskola Gör den när det passar dig" in cia
    assert "Den ska vara klar mån 10 aug 2026." in cia
    assert "Bo Åhl: Handläggarskola Saknar plats, frist mån 10 aug 2026." in text_of(found["forvaltning/N.eml"])


def test_a_name_cannot_start_a_header_or_become_markup() -> None:
    hires = (ANNA.model_copy(update={"name": HOSTILE}), BO, CIA)
    organisations = (NORTH.model_copy(update={"name": HOSTILE}), *term().organisations[1:])
    found = sent(first(term(hires=hires, organisations=organisations)), invitations=True)
    for message in found.values():
        assert message["Bcc"] is None
        body = message.get_body(("html",))
        assert body is None or "<script" not in str(body.get_content())
    assert "&lt;script&gt;" in html_of(found["person/p1.eml"])


def test_names_and_subjects_in_swedish_come_out_as_they_went_in() -> None:
    name = 'Åsa Ö. Ek, "Öan" ' + "lång " * 30
    problem = term(hires=(ANNA.model_copy(update={"name": name}), BO, CIA), term="hösten 2026 – övning")
    sending = first(problem)
    content = dict(files(sending, letters(sending), with_invitations=False))[PurePosixPath("person/p1.eml")]
    # Not by the newer policies, whose parser puts a space between two encoded words of a name (against RFC 2047 6.2).
    message = email.message_from_bytes(content, policy=email.policy.compat32)
    assert str(make_header(decode_header(message["To"]))) == f"{name.strip()} <anna@example.se>"
    assert str(make_header(decode_header(message["Subject"]))) == "Din introduktion hösten 2026 – övning"


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("anna@example.se", "anna@example.se"),
        (" anna@example.se ", "anna@example.se"),
        ("anna@exämple.se", "anna@xn--exmple-cua.se"),
        ("åsa@example.se", None),
        ("a..b@example.se", None),
        ("anna", None),
        ("anna@example.se, bo@example.se", None),
        ("anna@example.se\r\nBcc: bo@example.se", None),
        (None, None),
    ],
)
def test_an_address_is_one_that_mail_can_be_sent_to(given: str | None, found: str | None) -> None:
    assert mailable(given) == found


def table_of(sending: Sending) -> list[dict[str, str]]:
    content = dict(files(sending, letters(sending), with_invitations=False))[PurePosixPath(TABLE)]
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def test_who_has_no_address_has_a_row_and_no_letter() -> None:
    sending = first(term(hires=(ANNA, BO.model_copy(update={"email": None}), CIA)))
    rows = {row["id"]: row for row in table_of(sending)}
    assert "person/p2.eml" not in sent(sending)
    assert rows["p2"]["brev"] == ""
    assert rows["p2"]["anmärkning"].startswith("adress saknas")
    assert rows["p1"]["brev"] == "person/p1.eml"
    assert rows["p1"]["anmärkning"] == ""
    assert rows["S"]["mottagare"] == "förvaltning"
    assert rows["S"]["anmärkning"].startswith("adress saknas")
    assert rows["N-Mottag"]["mottagare"] == "enhet"
    assert rows["p1"]["tillfällen"].split("\n")[0] == "tis 15 sep 2026 kl. 09:00–16:00: Central introduktion: Staden"


@pytest.mark.parametrize("start", ["=1+1", "+46", "-1+2", "@SUM(A1)", "\tx"])
def test_no_cell_of_the_table_can_run_as_a_formula(start: str) -> None:
    sending = first(term(hires=(ANNA.model_copy(update={"name": start}), BO, CIA)))
    names = {row["id"]: row["namn"] for row in table_of(sending)}
    assert names["p1"] == f"'{start}"


def test_without_a_sender_the_administrations_own_address_is_the_sender_and_else_there_is_none() -> None:
    problem = term(organizer=None)
    written = letters(first(problem))
    assert without_sender(written) == ("Sydväst",)
    senders = {letter.owner: letter.sender for letter in written}
    assert (senders["p1"], senders["N"], senders["p3"]) == ("nordost@example.se", "nordost@example.se", None)
    both = (NORTH, Organisation(id="S", name="Sydväst", email="syd@example.se"))
    assert without_sender(letters(first(term(organizer=None, organisations=both)))) == ()


def test_a_mailed_event_is_its_calendar_file_with_its_method_in_the_envelope() -> None:
    sessions = tuple(s for s in SESSIONS if s.id != "CI-1-2")
    sending = changed(term(sessions=sessions), {"p1": "CI-2-1", "p2": "CI-1-1", "p3": "CI-1-1"})
    mails = {p: m for p, m in sent(sending, invitations=True).items() if p.startswith("kallelser")}
    assert sorted(mails) == [
        "kallelser/N/p1/CI_1-1.eml", "kallelser/N/p1/CI_2-1.eml", "kallelser/S/p3/CI_2-1.eml"
    ]  # fmt: skip
    for message in mails.values():
        assert message.get_content_type() == "multipart/alternative"
        _, part = message.iter_parts()
        event = checked(str(part.get_content()).encode())
        assert part.get_content_type() == "text/calendar"
        assert part.get_param("method") == event.value("METHOD")
        (only,) = event.all("VEVENT")
        assert only.value("ORGANIZER") == f"mailto:{message['From'].addresses[0].addr_spec}"
        assert only.value("ATTENDEE") == f"mailto:{message['To'].addresses[0].addr_spec}"


def test_a_link_stands_in_the_letter_where_a_service_lends_one() -> None:
    problem = term()
    sending = Sending(
        problem, planned(problem, SEATS), link=lambda kind, owner: f"https://plan.example/{kind}/{owner}.ics"
    )
    message = sent(sending)["person/p1.eml"]
    assert "https://plan.example/person/p1.ics" in text_of(message)
    assert 'href="https://plan.example/person/p1.ics"' in html_of(message)
    assert "egen, tom kalender" not in text_of(message)


def test_an_unchanged_diff_writes_an_empty_table() -> None:
    problem = term()
    plan = planned(problem, SEATS)
    assert table_of(Sending(problem, plan, PlanDiff(changes=(), unchanged=5), problem, plan)) == []


@pytest.mark.parametrize(
    ("path", "ours"),
    [
        ("utskick.csv", True),
        ("person/p1.eml", True),
        ("kallelser/N/p1/CI_1-1.eml", True),
        ("person/p1.txt", False),
        ("anteckningar.eml", False),
        ("annat/p1.eml", False),
    ],
)
def test_a_rerun_may_replace_what_utskick_writes_and_nothing_else(path: str, ours: bool) -> None:
    assert owned(PurePosixPath(path)) is ours


def test_a_manager_gets_a_letter_about_her_own_people_and_a_unit_without_one_a_row() -> None:
    maria = {"manager": "Maria Chef", "manager_email": "maria@example.se"}
    hires = (ANNA.model_copy(update=maria), BO.model_copy(update={"unit": "Vuxna"}), CIA.model_copy(update=maria))
    sending = first(term(hires=hires))
    found = sent(sending)
    message = found["chef/N-maria@example.se.eml"]
    assert message["To"] == "Maria Chef <maria@example.se>"
    assert str(message["Subject"]) == "Introduktion HT 2026, Maria Chef"
    assert "Anna Ek, Mottag" in text_of(message)
    assert "Bo" not in text_of(message)
    assert "Cia" not in text_of(message)
    assert [part.get_filename() for part in message.iter_attachments()] == ["lista.xlsx", "N-maria@example.se.ics"]
    assert "och din chef Maria Chef." in text_of(found["person/p1.eml"])
    kinds = {row["id"]: row["mottagare"] for row in table_of(sending)}
    assert kinds["N-Vuxna"] == "enhet"
    assert "N-Mottag" not in kinds


def test_whose_people_all_left_is_still_told() -> None:
    hires = (ANNA, BO.model_copy(update={"manager_email": "maria@example.se"}), CIA)
    before = term(hires=hires)
    after = term(hires=(ANNA, CIA))
    later = changed(after, {"p1": SEATS["p1"], "p3": SEATS["p3"]}, before)
    skipped = replanned(after, {"p1": SEATS["p1"], "p3": SEATS["p3"]}, later.problem, later.plan, on=LATER)
    for sending in (later, Sending(after, skipped, later.changes, before, later.since_plan)):
        message = sent(sending)["chef/N-maria@example.se.eml"]
        assert "Bo Åhl: inställt, Central introduktion CI-1: 15 sep" in text_of(message)


@pytest.mark.parametrize(
    ("state", "told"),
    [
        (State.LEAVES, "Den hinns inte innan du slutar."),
        (State.ON_OWN, "när den är klar. Den ska vara klar tor 1 okt 2026."),
        (State.ON_OWN_LATE, "Tiden för den har gått ut."),
    ],
)
def test_what_is_taken_alone_and_what_she_has_no_time_for_stand_in_her_letter_and_her_administrations(
    state: State, told: str
) -> None:
    problem = term()
    plan = planned(problem, SEATS)
    row = Requirement(hire="p1", programme="HS", state=state, deadline=date(2026, 10, 1), completed_on=None)
    messages = sent(Sending(problem, plan.model_copy(update={"requirements": (row,)})))
    (own,) = (text_of(message) for path, message in messages.items() if path.startswith("person/p1"))
    others = [text_of(message) for path, message in messages.items() if path.startswith("person/p2")]
    assert told in own
    assert not any(told in text for text in others)
    (administration,) = (text_of(message) for path, message in messages.items() if path.startswith("forvaltning/N"))
    assert f"Handläggarskola: {STATES[state].lower()}" in administration
