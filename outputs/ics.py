"""iCalendar files of a plan (OUTPUT.md, Calendars; RFC 5545, 5546 and 7986).

Pure functions of the plan: no clock and no random, so that a plan always gives the same bytes, and an event that did
not change keeps its own from plan to plan.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from functools import cache, cached_property
from pathlib import PurePosixPath
from typing import NamedTuple, TypeVar

import icalendar

from models.plan import Booking, Plan, SharedEvent
from models.problem import Hire, TermProblem
from outputs.event_text import address, one_line
from outputs.events import chain
from outputs.events.content import Event, person_event, recalled_event, shared_event
from outputs.events.identity import PERSON, ROUND, Seat, SharedKey, seat_uid, shared_uid, task_uid
from outputs.events.kinds import KIND_BY_ID, KINDS
from outputs.events.shown import Held, gatherings, is_to_come, numbered_rows, seats
from outputs.filenames import file_stems
from outputs.tasks.event import task_events
from outputs.vevent import Attendee, Numbered, folded, vevent
from outputs.vtimezone import vtimezone
from outputs.vtodo import vtodo

CHANGES = "andringar"
RECALLED = "-aterkallad"
_PRODUCT = "-//terminsplan//terminsplan//SV"
_REFRESH = "PT12H"
# CSS3 colour names (RFC 7986 5.9).
_COLOURS = {PERSON: "steelblue", **{kind.id: kind.colour for kind in KINDS}}
_END = b"END:VCALENDAR\r\n"
_TITLES = (b"NAME:", b"X-WR-CALNAME:")

_Owner = TypeVar("_Owner", bound=Hashable)


def calendars(problem: TermProblem, plan: Plan) -> Iterator[tuple[PurePosixPath, bytes]]:
    """Path below ``kalendrar/`` and bytes of each calendar, by kind and id.

    Everyone in the input gets a calendar, also without events, so that what somebody subscribes to never goes missing;
    whoever has left it gets one for as long as it has a cancellation to show.
    """
    shelf = _Shelf(problem, plan)
    for kind in (PERSON, *KIND_BY_ID):
        owners = shelf.owners(kind)
        stems = chain.file_names(owners, kind, plan.files)
        for owner in owners:
            yield PurePosixPath(kind, f"{stems[owner]}.ics"), shelf.calendar(kind, owner)


def introductions(problem: TermProblem, plan: Plan) -> Iterator[tuple[PurePosixPath, bytes]]:
    """Path below ``introduktion/`` and bytes of each hire's calendar:
    her sessions, the very events of her own one, and her tasks.
    """
    shelf = _Shelf(problem, plan)
    rows = {(row.hire, row.task, row.number): row for row in plan.tasks}
    tasks: dict[str, list[bytes]] = defaultdict(list)
    for key, event in task_events(problem, plan).items():
        if key in rows:
            tasks[key[0]].append(vtodo(task_uid(*key, plan.series), event, rows[key]))
    stems = person_stems(problem, plan)
    for hire in sorted(hire.id for hire in problem.hires):
        yield PurePosixPath(f"{stems[hire]}.ics"), shelf.calendar(PERSON, hire, tasks[hire])


def person_stems(problem: TermProblem, plan: Plan) -> Mapping[str, str]:
    """What the files of each hire are called, her calendar's and those beside it."""
    return chain.file_names(chain.owners(problem, plan, PERSON), PERSON, plan.files)


def changes(
    problem: TermProblem, plan: Plan, previous_problem: TermProblem, previous: Plan
) -> Iterator[tuple[PurePosixPath, bytes]]:
    """Path below ``kalendrar/`` and bytes of what can be mailed since the plan before: one changed seat a file."""
    for row in invitations(problem, plan, previous_problem, previous):
        yield PurePosixPath(CHANGES) / row.path, row.content


class Invitation(NamedTuple):
    """What one event is mailed as, to one address (RFC 5546 3.2.2,
    3.2.5): its file by administration and person, and its bytes.

    ``method`` is REQUEST or CANCEL, ``hire`` whose seat it is, ``organizer`` in whose name it is sent.
    """

    path: PurePosixPath
    method: str
    hire: str
    attendee: Attendee
    organizer: str
    numbered: Numbered
    content: bytes


def invitations(
    problem: TermProblem, plan: Plan, previous_problem: TermProblem | None = None, previous: Plan | None = None
) -> Iterator[Invitation]:
    """One for each seat to come; with an earlier plan of the chain, for each that is another since, lost ones too.

    An address that is no longer hers gets what recalls the event there. Nothing is told about sessions already held.
    Those that ``unsendable`` names have none.
    """
    changed = [row for row in _messages(problem, plan, previous_problem, previous) if row.can_be_sent]
    years = _years(problem, plan)
    problems = [p for p in (previous_problem, problem) if p is not None]
    organisations = file_stems((o.id for p in problems for o in p.organisations), plan.files)
    people = file_stems((h.id for p in problems for h in p.hires), plan.files)
    names = file_stems(_file_name(row.seat) for row in changed)
    for row in changed:
        event, attendee = row.numbered.event, row.attendee
        assert event.organizer is not None
        assert attendee is not None
        ending = f"{RECALLED}.ics" if row.recalled else ".ics"
        file = f"{names[_file_name(row.seat)]}{ending}"
        path = PurePosixPath(organisations[row.hire.organisation], people[row.hire.id], file)
        method, content = _method(row), _mail(row, vtimezone(event.zone, *years))
        yield Invitation(path, method, row.hire.id, attendee, event.organizer, row.numbered, content)


def empty_calendar(problem: TermProblem, kind: str, title: str) -> bytes:
    """A calendar of this kind before there is a plan to fill it: valid, with its VTIMEZONE and no event."""
    years = {day.year for day in (problem.settings.horizon_start, problem.settings.horizon_end)}
    head = _published(one_line(f"{title} {problem.settings.term}"), _COLOURS[kind])
    return _file(head, vtimezone(problem.settings.timezone, min(years) - 1, max(years) + 1), [])


def unsendable(
    problem: TermProblem, plan: Plan, previous_problem: TermProblem | None = None, previous: Plan | None = None
) -> tuple[str, ...]:
    """Ids of hires with events that cannot be mailed, since an address is missing: their own or the sender's."""
    changed = _messages(problem, plan, previous_problem, previous)
    return tuple(sorted({row.hire.id for row in changed if not row.can_be_sent}))


class _Shelf:
    """All calendars of a plan, by kind and owner."""

    def __init__(self, problem: TermProblem, plan: Plan) -> None:
        self.problem = problem
        self._plan = plan
        self._zone = vtimezone(problem.settings.timezone, *_years(problem, plan))

    @cached_property
    def titles(self) -> Mapping[str, Mapping[str, str]]:
        """What each calendar is called, by kind and owner."""
        own = {h.id: f"Introduktion {h.name}" for h in self.problem.hires}
        return {PERSON: own, **{kind.id: kind.titles(self.problem) for kind in KINDS}}

    def owners(self, kind: str) -> list[str]:
        """The ids that have a calendar of this kind, in order."""
        return sorted(chain.owners(self.problem, self._plan, kind))

    def calendar(self, kind: str, owner: str, more: Iterable[bytes] = ()) -> bytes:
        """The bytes of one calendar, with ``more`` components behind its events."""
        title = self.titles[kind].get(owner, f"Introduktion {owner}")
        events = (self._seats if kind == PERSON else self._gatherings).get((kind, owner), [])
        head = _published(one_line(f"{title} {self._plan.term}"), _COLOURS[kind])
        return _file(head, self._zone, [*(vevent(row) for row in events), *more])

    @cached_property
    def _seats(self) -> dict[tuple[str, str], list[Numbered]]:
        found: dict[tuple[str, str], list[Numbered]] = defaultdict(list)
        for seat, held in _shown_seats(self._plan):
            found[PERSON, seat.hire].append(_numbered(self.problem, self._plan, seat, held))
        return _in_time(found)

    @cached_property
    def _gatherings(self) -> dict[tuple[str, str], list[Numbered]]:
        found: dict[tuple[str, str], list[Numbered]] = defaultdict(list)
        live = gatherings(self.problem, self._plan)
        for row in numbered_rows(self._plan, live):
            if row.calendar not in KIND_BY_ID:
                continue
            key = SharedKey(row.calendar, row.owner, row.session)
            if row.last is not None and row.lost:
                held = SharedKey(ROUND, row.last.round, row.session) in live
                event = shared_event(self.problem, key, row.last, (), cancelled=True, held=held)
            elif key in live:
                event = shared_event(self.problem, key, *live[key])
            else:
                continue
            found[row.calendar, row.owner].append(_stamped(self._plan, shared_uid(key, self._plan.series), event, row))
        return _in_time(found)


def _in_time(found: dict[_Owner, list[Numbered]]) -> dict[_Owner, list[Numbered]]:
    for events in found.values():
        events.sort(key=lambda row: (row.event.start, row.uid))
    return found


def _shown_seats(plan: Plan) -> Iterator[tuple[Seat, Held]]:
    """The seats of a plan, and those that this plan lost; earlier losses have been shown for as long as they should."""
    lost_now = {(row.owner, row.session) for row in plan.events if row.calendar == PERSON and row.lost}
    for seat, held in seats(plan.bookings, plan.cancelled).items():
        if not held.cancelled or (seat.hire, held.booking.session) in lost_now:
            yield seat, held


def _numbered(problem: TermProblem, plan: Plan, seat: Seat, held: Held) -> Numbered:
    event = person_event(problem, held.booking, cancelled=held.cancelled)
    return _stamped(plan, seat_uid(seat, plan.series), event, held.booking)


def _stamped(plan: Plan, uid: str, event: Event, row: Booking | SharedEvent) -> Numbered:
    return Numbered(uid, event, row.sequence, row.changed_on, row.changed_in or plan.plan_number)


class _Message(NamedTuple):
    """What the owner of a changed seat has to be told at one address."""

    seat: Seat
    hire: Hire
    numbered: Numbered
    attendee: Attendee | None
    recalled: bool = False

    @property
    def can_be_sent(self) -> bool:
        """ORGANIZER and ATTENDEE are required in what is mailed (RFC 5546 3.2.2, 3.2.5)."""
        return self.attendee is not None and self.numbered.event.organizer is not None


def _messages(
    problem: TermProblem, plan: Plan, earlier_problem: TermProblem | None, previous: Plan | None
) -> Iterator[_Message]:
    """All that is to be told about sessions to come.

    What is cancelled is cancelled by the sender, and at the address, that the event had: readers refuse others (RFC
    5546 3.2.5). Of a hire who has left, only the previous input knows anything; of what was lost before that plan, or
    came and went since, nobody has to be told.
    """
    previous_problem = earlier_problem or problem
    old = seats(previous.bookings, previous.cancelled) if previous else {}
    for seat, held in sorted(seats(plan.bookings, plan.cancelled).items()):
        former = old.get(seat)
        if not is_to_come(held.booking, plan) or (former and former.booking.sequence == held.booking.sequence):
            continue
        if held.cancelled and (former is None or former.cancelled):
            continue
        hire = (problem if seat.hire in problem.hire_by_id else previous_problem).hire_by_id[seat.hire]
        known = previous_problem if held.cancelled else problem
        numbered = _numbered(known, plan, seat, held)
        attendee = _attendee(known.hire_by_id.get(seat.hire))
        yield _Message(seat, hire, numbered, attendee)
        if former is not None and not former.cancelled and not held.cancelled:
            before = _attendee(previous_problem.hire_by_id.get(seat.hire))
            if before is not None and before.email != (attendee.email if attendee else None):
                event = recalled_event(previous_problem, former.booking)
                yield _Message(seat, hire, numbered._replace(event=event), before, recalled=True)


def _attendee(hire: Hire | None) -> Attendee | None:
    email = address(hire.email) if hire else None
    return Attendee(one_line(hire.name), email) if hire and email else None


def _file_name(seat: Seat) -> str:
    copy = "" if seat.copy == 1 else f"_{seat.copy}"
    return f"{seat.programme}_{seat.module}-{seat.meeting}{copy}"


def _years(problem: TermProblem, plan: Plan) -> tuple[int, int]:
    """The first and the last year of every time that a calendar of this plan can hold, in any zone."""
    years = {day.year for day in plan.horizon} | {session.day.year for session in problem.sessions}
    years |= {booking.start.year for booking in (*plan.bookings, *plan.cancelled)}
    years |= {row.last.start.year for row in plan.events if row.last is not None}
    return min(years) - 1, max(years) + 1


def _published(title: str, colour: str) -> bytes:
    """The head of a whole calendar, for subscription or import
    (RFC 5546 3.2.1, RFC 7986 5); all but its title is shared.
    """
    written = icalendar.vText(title).to_ical()
    return b"".join(folded(line + written) if line in _TITLES else line + b"\r\n" for line in _published_lines(colour))


@cache
def _published_lines(colour: str) -> tuple[bytes, ...]:
    """The content lines of a head without a title, without line breaks."""
    head = _head("PUBLISH")
    head.add("name", icalendar.vText(""))
    head.add("x-wr-calname", icalendar.vText(""))
    head.add("refresh-interval", icalendar.vText(_REFRESH), parameters={"VALUE": "DURATION"})
    head.add("x-published-ttl", icalendar.vText(_REFRESH))
    head.add("color", icalendar.vText(colour))
    return tuple(_bytes(head).split(b"\r\n")[:-1])


def _method(row: _Message) -> str:
    return "CANCEL" if row.numbered.event.cancelled else "REQUEST"


def _mail(row: _Message, zone: bytes) -> bytes:
    head = _head(_method(row))
    return _file(_bytes(head), zone, [vevent(row.numbered, row.attendee)])


def _head(method: str) -> icalendar.Calendar:
    head = icalendar.Calendar()
    head.add("version", "2.0")
    head.add("prodid", _PRODUCT)
    head.add("calscale", "GREGORIAN")
    head.add("method", method)
    return head


def _bytes(head: icalendar.Calendar) -> bytes:
    """A calendar that is not ended yet."""
    return bytes(head.to_ical()).removesuffix(_END)


def _file(head: bytes, zone: bytes, events: Iterable[bytes]) -> bytes:
    """An icalendar stream (RFC 5545 3.4). Without events, its VTIMEZONE is the component that section 3.6 asks for."""
    return b"".join([head, zone, *events, _END])
