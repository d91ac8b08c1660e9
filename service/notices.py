"""Word to administrations: that a plan is published, and that
what they reported is answered. No names of hires stand in it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Any

from django.db.models import QuerySet

from models.problem import Organisation
from outputs.event_text import one_line
from outputs.events.identity import ADMINISTRATION, UNIT
from outputs.events.kinds import parted, within
from outputs.letters.mail import mailable
from outputs.plan_json import read_problem
from outputs.words import count
from service import outbox
from service.config import Config
from service.models import Account, Mail, Plan, PlanPerson, Publication, Report, Role
from service.reading.upload import NORMAL_FORM
from service.smtp import server_of
from service.words import when

_ANSWERS: Mapping[str, str] = {Report.State.TAKEN: "är intagen i underlaget", Report.State.REFUSED: "är avvisad"}


@dataclass(frozen=True)
class Reader:
    """Who is told: an administration, or a unit of it, at an address."""

    organisation: str
    unit: str
    name: str
    address: str


def organisations(config: Config, plan: Plan) -> tuple[Organisation, ...]:
    """The administrations of a plan, as its input has them; none
    where no mail is set up, so that nobody would be told anyway.
    """
    if server_of(config) is None:
        return ()
    return read_problem((config.plans / plan.folder / NORMAL_FORM).read_bytes()).organisations


def published(config: Config, made: Publication, known: Iterable[Organisation], by: str) -> None:
    """Every administration with people in the plan is told, and every unit of it that has an account of its own."""
    people = set(PlanPerson.objects.filter(plan=made.plan).values_list("organisation", "unit"))
    concerned = {organisation for organisation, _ in people}
    outbox.put(
        _notice(Mail.What.PUBLISHED, made.term_id, made.id, reader, publication=made, by=by)
        for organisation in known
        if organisation.id in concerned
        for reader in _readers(config, organisation)
        if not reader.unit or (organisation.id, reader.unit) in people
    )


def answered(config: Config, report: Report, known: Iterable[Organisation], by: str) -> None:
    """Whoever reported it is told, where her account has an address; else her administration."""
    organisation = next((one for one in known if one.id == report.organisation), None)
    if organisation is None:
        return
    readers = list(_readers(config, organisation))
    own = Account.objects.filter(name=report.by, active=True).values_list("email", flat=True).first()
    chosen = [reader for reader in readers if reader.address == own] or [one for one in readers if not one.unit]
    outbox.put(
        _notice(Mail.What.ANSWERED, report.term_id, report.id, reader, report=report, by=by) for reader in chosen
    )


def _notice(what: Mail.What, term: int, about: int, reader: Reader, **fields: Any) -> Mail:  # noqa: ANN401  # columns
    kind = UNIT if reader.unit else ADMINISTRATION
    owner = within(reader.organisation, reader.unit) if reader.unit else reader.organisation
    return outbox.notice(what, term, about, reader.address, kind=kind, owner=owner, name=reader.name, **fields)


def _readers(config: Config, organisation: Organisation) -> Iterator[Reader]:
    """Accounts that have an address; where none of the whole administration's has, its own address
    in the input, if several share the service: on one's own computer nobody else reaches the page.
    """
    accounts = Account.objects.filter(role=Role.ORGANISATION, organisation=organisation.id, active=True).exclude(
        email=""
    )
    found = {(account.email, account.unit): account for account in accounts.order_by("id")}
    for (address, unit), _account in found.items():
        yield Reader(organisation.id, unit, f"{organisation.name}, {unit}" if unit else organisation.name, address)
    address_in_input = mailable(organisation.email)
    if config.shared and address_in_input and all(unit for _, unit in found):
        yield Reader(organisation.id, "", organisation.name, address_in_input)


def message(config: Config, sender: str, mail: Mail) -> bytes:
    """What is sent."""
    subject, paragraphs = (_of_answer if mail.what == Mail.What.ANSWERED else _of_publication)(mail)
    page = f"{config.public_address}/terminer/{mail.term_id}/forvaltning"
    made = EmailMessage(policy=SMTP)
    made["From"] = Address(addr_spec=sender)
    made["To"] = Address(display_name=one_line(mail.name), addr_spec=mail.address)
    made["Subject"] = one_line(subject)
    made["Date"] = format_datetime(mail.made)
    made["Message-ID"] = (
        f"<terminsplan-{hashlib.sha256(mail.nonce.encode()).hexdigest()[:40]}@{sender.rpartition('@')[2]}>"
    )
    made["Auto-Submitted"] = "auto-generated"
    text = "\n\n".join(["Hej!", *paragraphs, f"Se er sida: {page}", "Brevet skickas av tjänsten Terminsplan."])
    made.set_content(text + "\n", cte="quoted-printable")
    return made.as_bytes()


def _of_publication(mail: Mail) -> tuple[str, list[str]]:
    now = mail.publication
    assert now is not None
    before = Publication.objects.filter(term_id=now.term_id, number__lt=now.number).order_by("-number").first()
    people = _seats(mail, now)
    if before is None:
        told = f"Den gäller {count(len(people), 'nyanställd', 'nyanställda')} hos er."
    else:
        was = _seats(mail, before)
        changed = sum(people.get(hire) != was.get(hire) for hire in people.keys() | was.keys())
        told = (
            f"Något är ändrat för {count(changed, 'nyanställd', 'nyanställda')} hos er."
            if changed
            else "Inget är ändrat för era nyanställda."
        )
    return (
        f"Ny plan publicerad, {mail.term.name}",
        [f"Plan {now.plan.number} för {mail.term.name} publicerades {when(now.made)}. {told}"],
    )


def _seats(mail: Mail, publication: Publication) -> Mapping[str, Any]:
    """Her own people's seats and states, by hire."""
    rows: QuerySet[PlanPerson] = PlanPerson.objects.filter(plan_id=publication.plan_id)
    if mail.kind == UNIT:
        organisation, unit = parted(mail.owner)
        rows = rows.filter(organisation=organisation, unit=unit)
    else:
        rows = rows.filter(organisation=mail.owner)
    return {
        hire: [
            (row["programme"], row["state"], [seat["text"] for seat in row["seats"]]) for row in account["requirements"]
        ]
        for hire, account in rows.values_list("hire", "account")
    }


def _of_answer(mail: Mail) -> tuple[str, list[str]]:
    report = mail.report
    assert report is not None
    return (
        f"Svar på er anmälan, {mail.term.name}",
        [f"Er anmälan ({report.kind}) från {when(report.made)} {_ANSWERS[report.state]}. Svaret står på er sida."],
    )
