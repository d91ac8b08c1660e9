"""Letters and events as RFC 5322 messages: the same bytes for the same plan.

Dates are those of DTSTAMP, Message-ID and boundaries from what the message is, and nothing from the clock, the machine
or its user. ``X-Unsent: 1`` lets Outlook open a file as a draft to send.
"""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime, time, timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from functools import lru_cache

from models.plan import Plan
from outputs.event_text import address, one_line
from outputs.ics import Invitation
from outputs.letters.sending import Attached, Letter

_ID_CHARACTERS = 40


@lru_cache(maxsize=65536)
def mailable(text: str | None) -> str | None:
    """The address as mail can be sent to it (RFC 5322 3.4.1: ASCII, a domain by IDNA); None for what is none."""
    found = address(text)
    if found is None:
        return None
    local, _, domain = found.rpartition("@")
    try:
        ascii_ = f"{local}@{domain if domain.isascii() else domain.encode('idna').decode('ascii')}"
        ascii_.encode("ascii")
        Address(addr_spec=ascii_)
    except Exception:  # what the packages refuse is no address, whichever error says so
        return None
    return ascii_


def letter_bytes(plan: Plan, letter: Letter, *, since: int | None = None) -> bytes:
    """A letter with text, HTML and its files. It must have a sender and an address."""
    assert letter.sender is not None
    assert letter.email is not None
    identity = _identity(plan, since, letter.kind, letter.owner)
    receiver = Address(display_name=one_line(letter.name), addr_spec=letter.email)
    message = _headed(stamp(plan), identity, letter.sender, receiver, letter.subject)
    message.set_content(letter.text, cte="quoted-printable")
    message.add_alternative(letter.html, subtype="html", cte="quoted-printable")
    for file in letter.attached:
        _attach(message, file)
    return _written(message, identity)


def invitation_bytes(plan: Plan, invitation: Invitation, text: str, *, since: int | None = None) -> bytes:
    """One event as an iTIP mail (RFC 6047): the text for people, the event for their calendar program."""
    sender, email = mailable(invitation.organizer), mailable(invitation.attendee.email)
    assert sender is not None
    assert email is not None
    identity = _identity(plan, since, invitation.method, invitation.numbered.uid, invitation.attendee.email)
    receiver = Address(display_name=one_line(invitation.attendee.name), addr_spec=email)
    subject = one_line(invitation.numbered.event.summary)
    message = _headed(invitation.numbered.stamp, identity, sender, receiver, subject)
    message.set_content(text, cte="quoted-printable")
    parameters = {"charset": "UTF-8", "method": invitation.method, "component": "VEVENT"}
    message.add_alternative(invitation.content, maintype="text", subtype="calendar", params=parameters)
    return _written(message, identity)


def _headed(date: datetime, identity: str, sender: str, receiver: Address, subject: str) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(addr_spec=sender)
    message["To"] = receiver
    message["Subject"] = subject
    message["Date"] = format_datetime(date)
    message["Message-ID"] = f"<terminsplan-{identity}@{sender.rpartition('@')[2]}>"
    message["X-Unsent"] = "1"
    return message


def stamp(plan: Plan) -> datetime:
    """As DTSTAMP of an event that the plan changes: midnight
    UTC of the planning date, and the plan's number in seconds.
    """
    return datetime.combine(plan.planning_date, time(), UTC) + timedelta(seconds=plan.plan_number)


def _attach(message: EmailMessage, file: Attached) -> None:
    main, _, sub = file.kind.partition("/")
    parameters = {"charset": "UTF-8", "method": "PUBLISH"} if file.kind == "text/calendar" else {}
    message.add_attachment(file.content, maintype=main, subtype=sub, filename=file.name, params=parameters)


def _identity(plan: Plan, since: int | None, *ids: str) -> str:
    parts = (plan.series or plan.input_sha256, plan.plan_number, since, *ids)
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:_ID_CHARACTERS]


def _written(message: EmailMessage, identity: str) -> bytes:
    for number, part in enumerate(message.walk()):
        if part.is_multipart():
            part.set_boundary(f"=_{identity}_{number}")
    return message.as_bytes()
