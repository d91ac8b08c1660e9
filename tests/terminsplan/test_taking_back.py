"""«Återta»: after publishing A, then B, the chain ends in exactly
A's plan, with SEQUENCE raised; the notice window is never broken.
"""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from models.problem import Attendance
from outputs.ics import calendars, invitations
from outputs.letters.mail import invitation_bytes
from scheduler.plan.outcome import Options
from scheduler.solvers.clock import Clock, Stopwatch
from scheduler.verify import check
from terminsplan.exits import RefusedError
from terminsplan.files import plan_files
from terminsplan.job import PlanRequest, run
from terminsplan.store import Stored, open_plan, target
from terminsplan.taking_back import taken_back
from terminsplan.terminal import Terminal
from tests.outputs.rfc5545 import Component, checked
from tests.outputs.test_mailboxes import Mail, Mailbox, Revising, Stubborn
from tests.terminsplan.small import SMALL, write_tables

SEEN = ("UID", "DTSTART", "DTEND", "SUMMARY", "LOCATION", "DESCRIPTION", "ORGANIZER")
SENDER = SMALL["inställningar"] + "avsändare;samordnare@example.se\n"
B_TABLES = {
    "inställningar": SENDER,
    "omgångar": "id;utbildning;platser\nCI-1;CI;2\nCI-2;CI;2\n",
    "tillfällen": SMALL["tillfällen"].replace("CI-2;1;2026-10-06", "CI-2;1;2026-10-07"),
    "nyanställda": SMALL["nyanställda"].replace("p3;Åsa Lind;C;2026-08-10;lind@example.se;\n", "")
    + "p5;Eva Ny;N;2026-08-17;eva@example.se;1\n",
    "spärrar": "nyanställd;omgång\np4;CI-1\n",
}
"""A late recruit, a leaver, a moved session, and somebody who may not sit where she sits in A."""
TODAY = date(2026, 8, 10)


def planned(source: Path, output: Path, earlier: Path | None = None, day: date = date(2026, 8, 3)) -> Stored:
    request = PlanRequest(
        source=source,
        output=output,
        planning_day=day,
        solving=Options(max_seconds=600),
        strict=False,
        force=False,
        pseudonyms=False,
        earlier=earlier,
    )
    run(request, Terminal(quiet=True, as_json=False))
    return open_plan(output)


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory) -> tuple[Stored, Stored]:
    home = tmp_path_factory.mktemp("chain")
    first = planned(write_tables(home / "a", inställningar=SENDER), home / "A")
    second = planned(write_tables(home / "b", **B_TABLES), home / "B", first.folder, date(2026, 8, 5))
    return first, second


def back(
    chain: tuple[Stored, Stored], folder: Path, day: date = TODAY, attendance: Iterable[Attendance] = ()
) -> Stored:
    first, second = chain
    made = taken_back(second, first, attendance, day, Options(max_seconds=600))
    target(folder, force=False, sources=[]).write(plan_files(made, Stopwatch(Clock.start(lambda: 0.0))))
    return open_plan(folder)


def seats(stored: Stored) -> set[tuple[str, str]]:
    return {(row.hire, row.session) for row in stored.plan.bookings}


def shown(stored: Stored) -> dict[str, dict[str, tuple[tuple[str, ...], int]]]:
    """By calendar and UID what a subscriber sees of each event that takes place, and its SEQUENCE."""
    found: dict[str, dict[str, tuple[tuple[str, ...], int]]] = {}
    for path, content in calendars(stored.problem, stored.plan):
        events = [event for event in checked(content).all("VEVENT") if event.value("STATUS") != "CANCELLED"]
        found[str(path)] = {event.value("UID"): (_look(event), int(event.value("SEQUENCE"))) for event in events}
    return found


def _look(event: Component) -> tuple[str, ...]:
    return tuple(event.value(name) for name in SEEN)


def test_what_subscribers_see_is_exactly_the_earlier_plan_with_sequence_raised(
    chain: tuple[Stored, Stored], tmp_path: Path
) -> None:
    first, second = chain
    third = back(chain, tmp_path / "C")
    assert seats(second) != seats(first) == seats(third)
    assert third.plan.previous is not None
    assert (third.plan.previous.sha256, third.plan.plan_number) == (second.plan_sha256, 3)
    before, between, after = shown(first), shown(second), shown(third)
    assert {path: {uid: look for uid, (look, _) in events.items()} for path, events in after.items() if events} == {
        path: {uid: look for uid, (look, _) in events.items()} for path, events in before.items() if events
    }
    changed = 0
    for path, events in after.items():
        for uid, (look, sequence) in events.items():
            was = between.get(path, {}).get(uid)
            if was is not None and was[0] == look:
                assert sequence == was[1]
            else:
                assert sequence > before[path][uid][1], uid
                changed += 1
    assert changed > 4


def test_the_plan_passes_the_independent_check(chain: tuple[Stored, Stored], tmp_path: Path) -> None:
    third = back(chain, tmp_path / "C")
    assert check(third.problem, third.plan, chain[1].plan).violations == ()


@pytest.mark.parametrize("kind", [Revising, Stubborn])
def test_mailboxes_that_follow_the_rules_to_the_letter_end_in_the_earlier_plan(
    chain: tuple[Stored, Stored], tmp_path: Path, kind: type[Mailbox]
) -> None:
    steps = (None, *chain, back(chain, tmp_path / "C"))
    boxes: dict[str, Mailbox] = {}
    ends: dict[int, dict[str, set[tuple[str, ...]]]] = {}
    for number, (earlier, now) in enumerate(pairwise(steps)):
        assert now is not None
        for one in invitations(now.problem, now.plan, *((earlier.problem, earlier.plan) if earlier else (None, None))):
            message = email.message_from_bytes(invitation_bytes(now.plan, one, "x\n"), policy=email.policy.default)
            assert isinstance(message, email.message.EmailMessage)
            _, part = message.iter_parts()
            calendar = checked(str(part.get_content()).encode())
            (event,) = calendar.all("VEVENT")
            to = message["To"].addresses[0].addr_spec
            sender = message["From"].addresses[0].addr_spec
            boxes.setdefault(to, kind(to)).receive(Mail(sender, calendar.value("METHOD"), event))
        ends[number] = {
            to: {_look(mail.event) for mail in box.known.values() if mail.method == "REQUEST"}
            for to, box in boxes.items()
        }
    assert [mail for box in boxes.values() for mail in box.refused] == []
    assert {to: events for to, events in ends[2].items() if events} == {
        to: events for to, events in ends[0].items() if events
    }
    assert ends[1] != ends[0]


def test_inside_the_notice_window_nothing_is_taken_back_and_every_seat_is_named(
    chain: tuple[Stored, Stored], tmp_path: Path
) -> None:
    first, second = chain
    assert first.problem.settings.notice_days > 0
    with pytest.raises(RefusedError) as refusal:
        back(chain, tmp_path / "C", date(2026, 8, 31))
    text = "\n".join(refusal.value.lines)
    assert "Inom varseltiden" in text
    inside = {(hire, session) for hire, session in seats(first) ^ seats(second) if session == "CI-1-1"}
    known = {(hire, session) for hire, session in inside if hire in first.problem.hire_by_id}
    assert known
    for hire, session in known:
        assert f"({hire}): {session}, tis 1 sep 2026" in text
    assert "CI-2" not in text
    assert not (tmp_path / "C").exists()


def test_what_was_held_meanwhile_stays_as_it_was_held(chain: tuple[Stored, Stored], tmp_path: Path) -> None:
    """Long after all sessions nothing is left to take back, and those who were there were there."""
    first, second = chain
    third = back(chain, tmp_path / "C", date(2026, 12, 1))
    assert seats(third) == {seat for seat in seats(second) if seat[0] in first.problem.hire_by_id}


def test_attendance_that_is_known_today_is_not_forgotten(chain: tuple[Stored, Stored], tmp_path: Path) -> None:
    _, second = chain
    row = next(row for row in second.plan.bookings if row.hire != "p5")
    told = (
        Attendance(hire=row.hire, session=row.session, present=False),
        Attendance(hire="p5", session=row.session, present=True),
    )
    third = back(chain, tmp_path / "C", date(2026, 12, 1), told)
    assert third.problem.attendance == told[:1]
    assert (row.hire, row.session) not in seats(third)
