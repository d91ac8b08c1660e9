"""The letter to a hire: her sessions, what is new, moved or
cancelled and why, what is not booked yet, and whom to ask.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from models.ids import State
from models.problem import Hire, Organisation, TermProblem
from outputs import words
from outputs.event_text import one_line
from outputs.events.content import absence_note, organizer_of
from outputs.events.identity import PERSON
from outputs.letters import told
from outputs.letters.body import Body, Item, Section, as_html, as_text
from outputs.letters.mail import mailable
from outputs.letters.sending import Addressee, Letter, Sending

_NOT_BOOKED = {
    State.MISSING: "Ingen plats har gått att ordna i tid än. Undrar du över det: fråga den som står nedan.",
    State.WAITING: "Du får besked när en plats är bokad.",
    State.LEAVES: "Den hinns inte innan du slutar.",
}
_ALONE = {
    State.ON_OWN: "Gör den när det passar dig, och säg till den som står nedan när den är klar.",
    State.ON_OWN_LATE: (
        "Tiden för den har gått ut. Gör den så snart du kan, och säg till den som står nedan när den är klar."
    ),
}


def addressees(sending: Sending) -> Iterator[Addressee]:
    """Each hire; with an earlier plan, each with something to tell, former hires too."""
    for hire in (*sending.problem.hires, *sending.former.values()):
        if sending.changes is None or hire.id in sending.changes_of or sending.is_moved(hire):
            organisation = _known(sending, hire).organisation_by_id[hire.organisation]
            yield Addressee(
                kind=PERSON,
                owner=hire.id,
                name=hire.name,
                organisation=organisation.name,
                email=mailable(hire.email),
                sender=mailable(organizer_of(sending.problem, organisation)),
            )


def letter(sending: Sending, addressee: Addressee) -> Letter:
    """Her letter."""
    hire = sending.problem.hire_by_id.get(addressee.owner) or sending.former[addressee.owner]
    known = _known(sending, hire)
    organisation = known.organisation_by_id[hire.organisation]
    changed = "" if _is_first(sending, hire) else told.counted(sending.changes_of.get(hire.id, ()))
    body = _body(sending, known, hire, organisation)
    return Letter(
        kind=PERSON,
        owner=hire.id,
        file=f"{PERSON}/{sending.stems[PERSON][hire.id]}",
        name=addressee.name,
        organisation=addressee.organisation,
        unit=hire.unit or "",
        email=addressee.email,
        sender=addressee.sender,
        subject=one_line(body.title + (f": {changed}" if changed else "")),
        text=as_text(body),
        html=as_html(body),
        seats="\n".join(f"{told.when(b)}: {told.what(known, b)}" for b in sending.to_come.get(hire.id, ())),
        changes=changed,
        attached=sending.calendar(PERSON, hire.id),
    )


def _known(sending: Sending, hire: Hire) -> TermProblem:
    """The input that knows her."""
    return sending.problem if hire.id in sending.problem.hire_by_id else sending.since_problem or sending.problem


def _body(sending: Sending, known: TermProblem, hire: Hire, organisation: Organisation) -> Body:
    term = sending.plan.term
    link = sending.link(PERSON, hire.id)
    return Body(
        title=f"Din introduktion {term}".rstrip(),
        greeting=f"Hej {hire.name}!",
        opening=tuple(_opening(sending, hire)),
        sections=tuple(section for section in _sections(sending, known, hire) if section.items or section.paragraphs),
        closing=tuple(_closing(sending, hire, organisation, link=link)),
        link=link,
    )


def _opening(sending: Sending, hire: Hire) -> Iterator[str]:
    number = len(sending.to_come.get(hire.id, ()))
    if _is_first(sending, hire):
        if number:
            yield (
                "Här är tiderna för din introduktion. Du har plats vid "
                f"{words.count(number, 'tillfälle', 'tillfällen')} från och med "
                f"{words.day(sending.plan.planning_date)}."
            )
        else:
            yield "Du har inga bokade tillfällen framför dig just nu."
        return
    if not sending.changes_of.get(hire.id):
        yield "Din e-postadress är ny hos oss. Här är alla tider som gäller för dig."
    elif number:
        yield "Dina tider för introduktionen har ändrats. Först står det som är ändrat, sedan alla tider som gäller nu."
    else:
        yield "Dina tider för introduktionen har ändrats. Du har inga bokade tillfällen kvar."


def _is_first(sending: Sending, hire: Hire) -> bool:
    """Whether no earlier letter can have told her anything."""
    return sending.since_problem is None or hire.id not in sending.since_problem.hire_by_id


def _sections(sending: Sending, known: TermProblem, hire: Hire) -> Iterator[Section]:
    if not _is_first(sending, hire):
        yield from told.changes(sending.problem, sending.changes_of.get(hire.id, ()))
    seats = sending.to_come.get(hire.id, ())
    yield Section("Dina tillfällen", tuple(told.seat(known, booking) for booking in seats))
    yield Section("Inte bokat än", tuple(_items(sending, known, hire, _NOT_BOOKED)))
    yield Section("Det här gör du på egen tid", tuple(_items(sending, known, hire, _ALONE)))


def _items(sending: Sending, known: TermProblem, hire: Hire, says: Mapping[State, str]) -> Iterator[Item]:
    """Her requirements that something is to be said of, each with its deadline where it is a part taken alone."""
    for row in sending.plan.requirements:
        if row.hire == hire.id and row.state in says:
            by = f" Den ska vara klar {words.day(row.deadline)}." if says is _ALONE and row.deadline else ""
            yield Item(words.module_name(known, row.programme, None), (f"{says[row.state]}{by}",))


def _closing(sending: Sending, hire: Hire, organisation: Organisation, *, link: str | None) -> Iterator[str]:
    attached = sending.calendar(PERSON, hire.id)
    if attached and link is None:
        yield (
            f"Alla tider finns också i kalenderfilen {attached[0].name}, som är bifogad. Öppna den, eller importera "
            "den i en egen, tom kalender. Kommer det ett nytt brev: ta bort den kalendern och importera den nya filen."
        )
    yield f"{absence_note(sending.problem, organisation)}{_manager(hire)}."
    if mentor := sending.mentors.get(hire.id):
        yield f"Din mentor är {mentor}."
    sender = organizer_of(sending.problem, organisation)
    yield f"Frågor om tiderna: svara på det här brevet{f', eller skriv till {sender}' if sender else ''}."


def _manager(hire: Hire) -> str:
    manager = words.manager(hire)
    return f", och din chef {manager}" if manager else ""
