"""What a reader sees of one calendar event. Two events that are equal here look the same to her."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from models.plan import Booking, Occasion
from models.problem import Hire, Organisation, TermProblem
from outputs.event_text import address, one_line
from outputs.events.identity import SharedKey
from outputs.events.kinds import KIND_BY_ID, SharedKind, participant_name
from outputs.words import swedish_order

CANCELLED_PREFIX = "INSTÄLLT: "
WITHDRAWN_PREFIX = "AVBOKAT: "
_NAMES_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Event:
    """One event as its reader sees it; every text is free of control characters but the line breaks of the description.

    Times are in UTC, since two local times compare as equal where the clocks are set back between them. ``organizer``
    is an e-mail address or None; ``busy`` says whether the time is the reader's own.
    """

    summary: str
    start: datetime
    end: datetime
    zone: str
    location: str
    description: str
    organizer: str | None
    busy: bool
    cancelled: bool


def recalled_event(problem: TermProblem, seat: Booking) -> Event:
    """A hire's seat as it is cancelled at an address that is no longer hers; the seat itself may well remain."""
    cancelled = person_event(problem, seat, cancelled=True)
    note = "Kallelsen gäller inte längre på den här adressen. Platser som du har kvar skickas till din nya adress."
    return replace(cancelled, description="\n".join([*cancelled.description.split("\n")[:-1], note]))


def person_event(problem: TermProblem, seat: Booking, *, cancelled: bool = False) -> Event:
    """A hire's seat. Of a hire who has left the input no more is known than the seat itself."""
    hire = problem.hire_by_id.get(seat.hire)
    organisation = problem.organisation_by_id[hire.organisation] if hire else None
    notes = ["Du har inte längre någon plats här."] if cancelled else [absence_note(problem, organisation)]
    return _event(problem, seat, notes, organizer_of(problem, organisation), busy=True, cancelled=cancelled)


def shared_event(
    problem: TermProblem,
    key: SharedKey,
    occasion: Occasion,
    participants: Iterable[Hire],
    *,
    cancelled: bool = False,
    held: bool = False,
) -> Event:
    """A session in somebody's calendar. A cancelled one names nobody.

    ``held`` says of a cancelled one that others than the calendar's people still meet there.
    """
    kind = KIND_BY_ID[key.calendar]
    notes = [kind.gone] if cancelled else _participant_list(problem, kind, participants)
    organizer = organizer_of(problem, kind.employer(problem, key.owner))
    event = _event(problem, occasion, notes, organizer, busy=kind.own_time, cancelled=cancelled)
    return _withdrawn(event, kind.withdrawn) if cancelled and held and kind.withdrawn is not None else event


def _withdrawn(event: Event, note: str) -> Event:
    """A cancelled event in the calendar of those who are no longer there, while the session itself is held."""
    lines = [*event.description.split("\n")[:-1], note]
    summary = WITHDRAWN_PREFIX + event.summary.removeprefix(CANCELLED_PREFIX)
    return replace(event, summary=summary, description="\n".join(lines))


def organizer_of(problem: TermProblem, organisation: Organisation | None) -> str | None:
    """Who stands as sender: the setting ``avsändare``, else the administration's own address."""
    return address(problem.settings.organizer) or (address(organisation.email) if organisation else None)


def _event(
    problem: TermProblem,
    meeting: Booking | Occasion,
    notes: Sequence[str],
    organizer: str | None,
    *,
    busy: bool,
    cancelled: bool,
) -> Event:
    location = _listed(meeting.place, meeting.room)
    programme, module = _names(problem, meeting)
    title = module if programme == module else f"{programme}: {module}"
    facts = [
        ("Utbildning", programme),
        (f"Moment {meeting.module}", module),
        ("Omgång", one_line(meeting.round)),
        ("Plats", location),
        ("Utbildare", _listed(*meeting.trainers)),
    ]
    return Event(
        summary=CANCELLED_PREFIX + title if cancelled else title,
        start=meeting.start.astimezone(UTC),
        end=meeting.end.astimezone(UTC),
        zone=problem.settings.timezone,
        location=location,
        description="\n".join([f"{label}: {value}" for label, value in facts if value] + list(notes)),
        organizer=organizer,
        busy=busy and not cancelled,
        cancelled=cancelled,
    )


def _names(problem: TermProblem, meeting: Booking | Occasion) -> tuple[str, str]:
    """The names of programme and module; the ids of what has left the input."""
    programme = problem.programme_by_id.get(meeting.programme)
    fallback = f"Moment {meeting.module}"
    if programme is None:
        return one_line(meeting.programme), fallback
    module = next((m.name for m in programme.modules if m.number == meeting.module), fallback)
    return one_line(programme.name), one_line(module) or fallback


def absence_note(problem: TermProblem, organisation: Organisation | None) -> str:
    """Whom to tell when one cannot come: her own administration before the sender."""
    if organisation and (own := address(organisation.email)):
        return f"Förhinder meddelas {one_line(organisation.name)}, {own}"
    if sender := address(problem.settings.organizer):
        return f"Förhinder meddelas utbildningskoordinatorn, {sender}"
    return "Förhinder meddelas närmaste chef."


def _participant_list(problem: TermProblem, kind: SharedKind, participants: Iterable[Hire]) -> list[str]:
    names = [participant_name(kind, problem, hire) for hire in participants]
    shown = [f"- {name}" for name in sorted(names, key=lambda name: (swedish_order(name), name))[:_NAMES_SHOWN]]
    more = [f"… och {len(names) - _NAMES_SHOWN} till"] if len(names) > _NAMES_SHOWN else []
    return [f"Deltagare: {len(names)}", *shown, *more]


def _listed(*values: str | None) -> str:
    return ", ".join(text for text in (one_line(value or "") for value in values) if text)
