"""A chain of five plans, mailed event by event to mailboxes
that follow RFC 5546 to the letter, ends in the last plan.
"""

from __future__ import annotations

import email
import email.policy
from abc import ABC, abstractmethod
from collections.abc import Iterable
from datetime import date
from functools import cache
from itertools import combinations, pairwise
from typing import NamedTuple

import pytest

from models.plan import Plan
from models.problem import TermProblem
from outputs.ics import calendars, invitations
from outputs.letters.mail import invitation_bytes
from tests.outputs.factories import ANNA, BO, CIA, SESSIONS, planned, replaced, replanned, session, term
from tests.outputs.rfc5545 import Component, checked

LATE = session("HS-2-1", date(2026, 12, 1))
DAN = CIA.model_copy(update={"id": "p4", "name": "Dan Ny", "email": "dan@example.se"})
MOVED = replaced((*SESSIONS, LATE), "CI-1-1", day=date(2026, 9, 22))
NEW_ADDRESS = ANNA.model_copy(update={"email": "anna.ek@ny.example"})


class Step(NamedTuple):
    """One plan of the chain, and what has happened since the one before."""

    problem: TermProblem
    plan: Plan


class Mail(NamedTuple):
    """What has arrived: from whom, and one event with what is to be done with it."""

    sender: str
    method: str
    event: Component

    @property
    def uid(self) -> str:
        return self.event.value("UID")

    @property
    def revision(self) -> tuple[int, str]:
        return int(self.event.value("SEQUENCE")), self.event.value("DTSTAMP")

    @property
    def organizer(self) -> str:
        return self.event.value("ORGANIZER").removeprefix("mailto:")


def with_round(**fields: object) -> TermProblem:
    extra = term().rounds[-1].model_copy(update={"id": "HS-2"})
    return term(rounds=(*term().rounds, extra), **fields)


def chain() -> list[Step]:
    """A first plan; late recruits and a moved session; a leaver; a
    changed address; a changed sender. Rows in another order each time.
    """
    problems = [
        with_round(sessions=(*SESSIONS, LATE)),
        with_round(sessions=MOVED, hires=(ANNA, BO, CIA, DAN)),
        with_round(sessions=MOVED[::-1], hires=(DAN, CIA, ANNA)),
        with_round(sessions=MOVED, hires=(CIA, NEW_ADDRESS, DAN)),
        with_round(sessions=MOVED[::-1], hires=(DAN, NEW_ADDRESS, CIA), organizer="ny.samordnare@example.se"),
    ]
    seats = [
        {"p1": "CI-1-1 CI-1-2 HS-1-1", "p2": "CI-1-1 CI-1-2", "p3": "CI-1-1 CI-1-2"},
        {"p1": "CI-1-1 CI-1-2 HS-1-1", "p2": "CI-1-1 CI-1-2", "p3": "CI-1-1 CI-1-2", "p4": "CI-2-1 CI-2-2"},
        {"p1": "CI-1-1 CI-1-2 HS-2-1", "p3": "CI-2-1 CI-1-2", "p4": "CI-2-1 CI-2-2"},
        {"p1": "CI-1-1 CI-1-2 HS-2-1", "p3": "CI-1-2", "p4": "CI-1-1 CI-2-2"},
        {"p1": "CI-1-1 CI-1-2 HS-2-1", "p3": "CI-1-1 CI-1-2", "p4": "CI-1-1 CI-2-2"},
    ]
    steps = [Step(problems[0], planned(problems[0], seats[0]))]
    for number, (problem, taken) in enumerate(zip(problems[1:], seats[1:], strict=True), 1):
        before = steps[-1]
        on = date(2026, 8, 3 + number)
        steps.append(Step(problem, replanned(problem, taken, before.problem, before.plan, on=on)))
    return steps


STEPS = chain()


@cache
def mails(number: int, earlier_number: int | None) -> tuple[tuple[str, Mail], ...]:
    """What goes out with a plan of the chain, told from an earlier one: to whom, as its message is read."""
    return tuple(_mails(STEPS[number], None if earlier_number is None else STEPS[earlier_number]))


def _mails(now: Step, before: Step | None) -> Iterable[tuple[str, Mail]]:
    earlier = (before.problem, before.plan) if before else (None, None)
    for one in invitations(now.problem, now.plan, *earlier):
        message = email.message_from_bytes(invitation_bytes(now.plan, one, "text\n"), policy=email.policy.default)
        assert isinstance(message, email.message.EmailMessage)
        _, part = message.iter_parts()
        calendar = checked(str(part.get_content()).encode())
        (event,) = calendar.all("VEVENT")
        sender = message["From"].addresses[0].addr_spec
        yield message["To"].addresses[0].addr_spec, Mail(sender, calendar.value("METHOD"), event)


class Mailbox(ABC):
    """A calendar that is kept by what arrives; ``refused`` is what it would not take."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.known: dict[str, Mail] = {}
        self.refused: list[Mail] = []

    def receive(self, mail: Mail) -> None:
        assert mail.event.value("ATTENDEE") == f"mailto:{self.address}"
        assert mail.sender == mail.organizer
        if self.takes(mail):
            self.known[mail.uid] = mail
        else:
            self.refused.append(mail)

    @abstractmethod
    def takes(self, mail: Mail) -> bool:
        """Whether the mail is newer than what is known, and comes from who may send it."""

    @property
    def shown(self) -> set[tuple[str, ...]]:
        return {look(mail.event) for mail in self.known.values() if mail.method == "REQUEST"}


class Revising(Mailbox):
    """RFC 5546 2.1.5: the higher SEQUENCE, then the later DTSTAMP; only
    the organizer cancels (3.2.5), and nothing unknown is cancelled.
    """

    def takes(self, mail: Mail) -> bool:
        known = self.known.get(mail.uid)
        if known is None:
            return mail.method == "REQUEST"
        may = mail.method == "REQUEST" or mail.organizer == known.organizer
        return may and mail.revision > known.revision


class Stubborn(Mailbox):
    """As servers do it that trust no date: SEQUENCE alone, risen
    for every message; another organizer only with a new revision.
    """

    def takes(self, mail: Mail) -> bool:
        known = self.known.get(mail.uid)
        if known is None:
            return mail.method == "REQUEST"
        if mail.method == "CANCEL" and (mail.organizer != known.organizer or known.method == "CANCEL"):
            return False
        return mail.revision[0] > known.revision[0]


def look(event: Component) -> tuple[str, ...]:
    """All that her reader sees of an event, and its revision."""
    names = ("UID", "DTSTART", "DTEND", "SUMMARY", "LOCATION", "DESCRIPTION", "ORGANIZER", "SEQUENCE", "DTSTAMP")
    return tuple(event.value(name) for name in names)


def of_plan(step: Step) -> dict[str, set[tuple[str, ...]]]:
    """By address, what stands in each hire's calendar and is not cancelled."""
    files = {str(path): checked(content) for path, content in calendars(step.problem, step.plan)}
    return {
        str(hire.email): {
            look(event)
            for event in files[f"person/{hire.id}.ics"].all("VEVENT")
            if event.value("STATUS") != "CANCELLED"
        }
        for hire in step.problem.hires
    }


def delivered(kind: type[Mailbox], through: Iterable[int]) -> dict[str, Mailbox]:
    """The mailboxes after the plans of these numbers were mailed, each as what differs from the one mailed before."""
    boxes: dict[str, Mailbox] = {}
    before: int | None = None
    for number in through:
        for to, mail in mails(number, before):
            boxes.setdefault(to, kind(to)).receive(mail)
        before = number
    return boxes


WAYS = [(0, *between, 4) for size in range(4) for between in combinations((1, 2, 3), size)]


@pytest.mark.parametrize("kind", [Revising, Stubborn])
@pytest.mark.parametrize("way", WAYS, ids=["".join(map(str, way)) for way in WAYS])
def test_whichever_plans_are_mailed_every_mailbox_ends_in_exactly_the_last_one(
    kind: type[Mailbox], way: tuple[int, ...]
) -> None:
    boxes = delivered(kind, way)
    assert [mail for box in boxes.values() for mail in box.refused] == []
    expected = of_plan(STEPS[-1])
    assert {to: box.shown for to, box in boxes.items() if box.shown} == expected
    assert set(boxes) - set(expected) == {"anna@example.se", "bo@example.se"}


def test_the_chain_has_what_it_should_have() -> None:
    """Late recruits, a moved session, a leaver, a changed address and a changed sender: each is told at least once."""
    told = [[(to, mail.method) for to, mail in mails(now, before)] for before, now in pairwise(range(5))]
    assert ("dan@example.se", "REQUEST") in told[0]
    assert ("anna@example.se", "REQUEST") in told[0]
    assert ("bo@example.se", "CANCEL") in told[1]
    assert {("anna@example.se", "CANCEL"), ("anna.ek@ny.example", "REQUEST")} <= set(told[2])
    assert {method for _, method in told[3]} == {"REQUEST"}
    assert {"anna.ek@ny.example", "cia@example.se", "dan@example.se"} == {to for to, _ in told[3]}


def test_a_mailbox_that_gets_a_mail_twice_or_an_old_one_again_stays_as_it_is() -> None:
    boxes = delivered(Revising, (0, 1, 2, 3, 4))
    after = {to: box.shown for to, box in boxes.items()}
    for number in (0, 2, 4):
        for to, mail in mails(number, number - 1 if number else None):
            boxes[to].receive(mail)
    assert {to: box.shown for to, box in boxes.items()} == after
