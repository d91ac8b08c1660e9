"""The letter to whoever has people of her own in the plan, an
administration, a unit or a manager: about them and no one else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from models.ids import State
from models.plan import Requirement
from models.problem import Hire, Organisation
from outputs import words
from outputs.change_groups import names_of
from outputs.event_text import one_line
from outputs.events.content import organizer_of
from outputs.events.identity import ADMINISTRATION, MANAGER, UNIT
from outputs.events.kinds import manager_names, manager_of, unit_of
from outputs.figures import Figures
from outputs.files.administrations import LIST, list_of
from outputs.files.kinds import Planned
from outputs.headlines import own_headlines
from outputs.letters import told
from outputs.letters.body import Body, Item, Section, as_html, as_text
from outputs.letters.mail import mailable
from outputs.letters.sending import Addressee, Attached, Letter, Sending

_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MOST_REASONS = 4
_SEATED = (State.ON_TIME, State.LATE, State.DONE)
"""What is booked stands among the seats, and what is done needs none."""


@dataclass(frozen=True)
class Receiver:
    """Who gets a letter about which hires; ``kind`` and ``owner`` are those of her calendar."""

    kind: str
    owner: str
    name: str
    unit: str
    email: str | None
    organisation: Organisation
    hires: tuple[str, ...]


def addressees(sending: Sending) -> Iterator[Addressee]:
    """Each receiver with people in the plan; with an earlier plan, each whose people have something changed."""
    for receiver in receivers(sending):
        if sending.changes is None or any(hire in sending.changes_of for hire in receiver.hires):
            yield Addressee(
                kind=receiver.kind,
                owner=receiver.owner,
                name=receiver.name,
                organisation=receiver.organisation.name,
                email=receiver.email,
                sender=mailable(organizer_of(sending.problem, receiver.organisation)),
            )


def receivers(sending: Sending) -> Iterator[Receiver]:
    """Administrations, then managers, then units with people of whom no manager is known, in order of ids."""
    problem = sending.problem
    people = [*problem.hires, *sending.former.values()]
    for organisation in problem.organisations:
        own = tuple(hire.id for hire in people if hire.organisation == organisation.id)
        if own:
            yield Receiver(
                ADMINISTRATION, organisation.id, organisation.name, "", mailable(organisation.email), organisation, own
            )
    yield from _managers(sending, people)
    yield from _units(sending, people)


def _managers(sending: Sending, people: Iterable[Hire]) -> Iterator[Receiver]:
    found: dict[str, list[Hire]] = {}
    for hire in people:
        if (owner := manager_of(hire)) is not None and hire.organisation in sending.problem.organisation_by_id:
            found.setdefault(owner, []).append(hire)
    for owner, hires in sorted(found.items()):
        yield Receiver(
            kind=MANAGER,
            owner=owner,
            name=manager_names(hires)[owner],
            unit=words.listed(sorted({hire.unit for hire in hires if hire.unit})),
            email=mailable(hires[0].manager_email),
            organisation=sending.problem.organisation_by_id[hires[0].organisation],
            hires=tuple(hire.id for hire in hires),
        )


def _units(sending: Sending, people: Iterable[Hire]) -> Iterator[Receiver]:
    """Of a unit no address is known: who is told in another way stands in the list."""
    found: dict[str, list[Hire]] = {}
    for hire in people:
        if (owner := unit_of(hire)) is not None and manager_of(hire) is None:
            found.setdefault(owner, []).append(hire)
    for owner, hires in sorted(found.items()):
        organisation = sending.problem.organisation_by_id.get(hires[0].organisation)
        if organisation is not None and hires[0].unit is not None:
            ids = tuple(hire.id for hire in hires)
            yield Receiver(UNIT, owner, hires[0].unit, hires[0].unit, None, organisation, ids)


def letter(sending: Sending, addressee: Addressee) -> Letter:
    """Her letter."""
    receiver = next(one for one in receivers(sending) if (one.kind, one.owner) == (addressee.kind, addressee.owner))
    own = sending.own_people.of(receiver.organisation.id, receiver.hires)
    figures = Figures(own.problem, own.plan, own_part=True)
    changed = told.counted(own.changes.changes) if own.changes else ""
    body = _body(sending, receiver, own, figures)
    return Letter(
        kind=receiver.kind,
        owner=receiver.owner,
        file=f"{receiver.kind}/{sending.stems[receiver.kind][receiver.owner]}",
        name=receiver.name,
        organisation=addressee.organisation,
        unit=receiver.unit,
        email=addressee.email,
        sender=addressee.sender,
        subject=one_line(body.title + (f": {changed}" if changed else "")),
        text=as_text(body),
        html=as_html(body),
        seats=words.count(len(own.plan.bookings), "plats", "platser"),
        changes=changed,
        attached=_attached(sending, receiver, own) if receiver.email else (),
    )


def _attached(sending: Sending, receiver: Receiver, own: Planned) -> tuple[Attached, ...]:
    calendar = sending.calendar(receiver.kind, receiver.owner)
    return (Attached(LIST, _WORKBOOK, b"" if sending.to_look_at else list_of(receiver.name, own)), *calendar)


def _body(sending: Sending, receiver: Receiver, own: Planned, figures: Figures) -> Body:
    term = sending.plan.term
    sections = (
        *_changed(sending, own, figures),
        Section("Saknar plats, eller blir klara för sent", tuple(_late(figures))),
        Section("Vem går när", tuple(_people(sending, figures))),
    )
    return Body(
        title=f"Introduktion {term}, {receiver.name}".replace(" ,", ","),
        greeting="Hej!",
        opening=tuple(_opening(sending, figures)),
        sections=tuple(section for section in sections if section.items),
        closing=tuple(_closing(sending, receiver)),
        link=sending.link(receiver.kind, receiver.owner),
    )


def _opening(sending: Sending, figures: Figures) -> Iterator[str]:
    people = words.count(len(figures.problem.hires), "nyanställd", "nyanställda")
    if sending.changes is None:
        yield f"Här är planen för era {people}. Den gäller bara dem; andra förvaltningars personal står inte här."
    else:
        yield "Planen för era nyanställda har ändrats. Först står det som är ändrat, sedan hur det är nu."
    on_time, everything, *others = own_headlines(figures)
    yield f"{on_time.label}: {on_time.value}. {everything.label}: {everything.value}."
    for headline in others:
        if headline.id == "unconfirmed":
            yield f"{headline.label}: {headline.value} {headline.remark}."


def _changed(sending: Sending, own: Planned, figures: Figures) -> Iterator[Section]:
    if own.changes is None:
        return
    names = names_of(own.problem, own.changes)
    units = {hire.id: hire.unit for hire in (*figures.problem.hires, *sending.former.values())}
    yield from told.team_changes(
        sending.problem, own.changes, names, lambda hire: _named(names.get(hire, hire), units.get(hire))
    )


def _late(figures: Figures) -> Iterator[Item]:
    for requirement in figures.not_on_time:
        reasons = figures.reasons.of(requirement)
        more = len(reasons) - _MOST_REASONS
        yield Item(
            f"{_person(figures, requirement.hire)}: {words.module_name(figures.problem, requirement.programme, None)}",
            (
                _state(requirement),
                *reasons[:_MOST_REASONS],
                *([f"… och {words.count(more, 'skäl', 'skäl')} till, i {LIST}."] if more > 0 else []),
                *(
                    f"Skulle hjälpa: {words.suggestion(figures.problem, requirement, idea, None)}."
                    for idea in requirement.suggestions
                ),
            ),
        )


def _state(requirement: Requirement) -> str:
    deadline = f", frist {words.day(requirement.deadline)}" if requirement.deadline else ""
    done = f", klar {words.day(requirement.completed_on)}" if requirement.completed_on else ""
    return f"{words.STATES[requirement.state]}{deadline}{done}."


def _people(sending: Sending, figures: Figures) -> Iterator[Item]:
    for hire in figures.by_name(h.id for h in figures.problem.hires):
        seats = [f"{told.when(b)}: {told.what(figures.problem, b)} ({b.round})" for b in sending.to_come.get(hire, ())]
        waiting = [
            f"{words.module_name(figures.problem, r.programme, None)}: {words.STATES[r.state].lower()}"
            for r in figures.requirements_of.get(hire, ())
            if r.state not in _SEATED
        ]
        yield Item(_person(figures, hire), (*(seats or ["Inga tillfällen framöver."]), *waiting))


def _person(figures: Figures, hire: str) -> str:
    return _named(figures.names[hire], figures.problem.hire_by_id[hire].unit)


def _named(name: str, unit: str | None) -> str:
    return f"{name}, {unit}" if unit else name


def _closing(sending: Sending, receiver: Receiver) -> Iterator[str]:
    calendar = sending.calendar(receiver.kind, receiver.owner)
    files = words.listed([f"listan {LIST}", *(f"kalenderfilen {file.name}" for file in calendar)])
    yield f"Bifogat: {files}. De innehåller personuppgifter: dela dem bara med dem som behöver dem."
    sender = organizer_of(sending.problem, receiver.organisation)
    yield f"Frågor om planen: svara på det här brevet{f', eller skriv till {sender}' if sender else ''}."
