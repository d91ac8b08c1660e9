"""The outbox: mails that wait, are sent once, and are sent again by a person alone.

A mail is «skickas» in the database before the attempt, and what became of it is written down after it. Where that is
missing it is uncertain. What was surely not sent waits, and is tried again.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from outputs.letters.sending import Addressee
from service.access import Actor
from service.models import AuditEntry, Mail, OutboxHold, Publication, Term
from service.smtp import Delivery, Verdict

PAUSES_SECONDS = (60, 300, 900, 3600, 3600, 3600)
"""Until a mail that the server would not take just now is tried again; after the last one it has failed."""
_INTERRUPTED = "Tjänsten avbröts medan brevet skickades, så det är osäkert om det kom fram."
_STANDS = (Mail.State.FAILED, Mail.State.UNCERTAIN, Mail.State.DROPPED)


def put_letters(now: Publication, since: Publication | None, to: Iterable[Addressee], by: Actor) -> int:
    """Letters of a publication wait; those that were put there before stay as they are. How many are new."""
    rows = [
        Mail(
            key=_key(Mail.What.LETTER, now.id, since and since.id, one.kind, one.owner),
            term_id=now.term_id,
            what=Mail.What.LETTER,
            publication=now,
            since=since,
            kind=one.kind,
            owner=one.owner,
            name=one.name,
            address=one.email,
            nonce=secrets.token_hex(16),
            by=by.name,
        )
        for one in to
        if one.email is not None
    ]
    with transaction.atomic():
        new = put(rows)
        AuditEntry.objects.create(
            by=by.name, what="utskick", term_id=now.term_id, details=f"publicering {now.number}, {new} brev"
        )
    return new


def put(rows: Iterable[Mail]) -> int:
    """Mails wait, less those that are there; how many are new."""
    by_key = {row.key: row for row in rows}
    there = set(Mail.objects.filter(key__in=by_key).values_list("key", flat=True)) if by_key else set()
    new = [row for key, row in by_key.items() if key not in there]
    Mail.objects.bulk_create(new, batch_size=200, ignore_conflicts=True)
    return len(new)


def notice(what: Mail.What, term: int, about: int, address: str, **fields: Any) -> Mail:  # noqa: ANN401  # columns
    """A mail to an administration, to be put into the outbox; ``about`` is the id of what it tells of."""
    return Mail(
        key=_key(what, about, address), term_id=term, what=what, address=address, nonce=secrets.token_hex(16), **fields
    )


def _key(*parts: object) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def of(term: Term) -> QuerySet[Mail]:
    """A term's mails, the newest first."""
    return Mail.objects.filter(term=term).select_related("publication__plan").order_by("-id")


def counts(term: Term) -> dict[str, int]:
    """How many mails of a term are in each state."""
    rows = Mail.objects.filter(term=term).values_list("state").annotate(number=Count("id"))
    return dict(rows.order_by("state"))


# --- the sender's ----------------------------------------------------------------------------------------------------


def lost() -> int:
    """Mails whose sender is no more are uncertain; only for a sender that begins. How many."""
    return Mail.objects.filter(state=Mail.State.SENDING).update(state=Mail.State.UNCERTAIN, answer=_INTERRUPTED)


def next_mail() -> Mail | None:
    """The oldest one whose time has come; None while the outbox is
    held. A clock set back keeps none longer than the longest pause.
    """
    if OutboxHold.objects.exists():
        return None
    now = timezone.now()
    longest = now + timedelta(seconds=max(PAUSES_SECONDS))
    due = Q(not_before=None) | Q(not_before__lte=now) | Q(not_before__gt=longest)
    waiting = Mail.objects.filter(due, state=Mail.State.WAITING)
    return waiting.select_related("term", "publication__plan", "since__plan", "report").order_by("id").first()


def claim(mail: Mail) -> bool:
    """«Skickas», stored before the attempt; False if it waits no more, or the outbox is held."""
    attempt = secrets.token_hex(16)
    with transaction.atomic():
        if OutboxHold.objects.exists():
            return False
        waiting = Mail.objects.filter(id=mail.id, state=Mail.State.WAITING, attempt=mail.attempt)
        taken = waiting.update(
            state=Mail.State.SENDING, attempt=attempt, begun=timezone.now(), tries=F("tries") + 1, answer=""
        )
    if taken:
        mail.attempt, mail.tries = attempt, mail.tries + 1
    return bool(taken)


def told(mail: Mail, delivery: Delivery) -> None:
    """What became of the attempt."""
    now = timezone.now()
    mine = Mail.objects.filter(id=mail.id, attempt=mail.attempt, state__in=(Mail.State.SENDING, Mail.State.UNCERTAIN))
    match delivery.verdict:
        case Verdict.TAKEN:
            mine.update(state=Mail.State.SENT, ended=now, answer="")
        case Verdict.UNKNOWN:
            mine.update(state=Mail.State.UNCERTAIN, ended=now, answer=delivery.words)
        case Verdict.AWAY:
            mine.update(state=Mail.State.WAITING, tries=F("tries") - 1, answer=f"{delivery.words}. Försöker igen.")
        case Verdict.LATER if mail.tries <= len(PAUSES_SECONDS):
            then = now + timedelta(seconds=PAUSES_SECONDS[mail.tries - 1])
            mine.update(state=Mail.State.WAITING, not_before=then, answer=f"{delivery.words}. Försöker igen.")
        case Verdict.LATER | Verdict.REFUSED:
            mine.update(state=Mail.State.FAILED, ended=now, answer=delivery.words)


def unmade(mail: Mail) -> None:
    """It could not be written."""
    Mail.objects.filter(id=mail.id, state=Mail.State.WAITING).update(
        state=Mail.State.FAILED, ended=timezone.now(), answer="Brevet gick inte att göra av planen."
    )


# --- a person's -------------------------------------------------------------------------------------------------------


def again(mails: QuerySet[Mail], by: Actor, term: Term) -> int:
    """A person has mails sent again that failed, are uncertain
    or were dropped, each under its own Message-ID. How many.
    """
    with transaction.atomic():
        number = mails.filter(state__in=_STANDS).update(
            state=Mail.State.WAITING, attempt="", tries=0, not_before=None, ended=None, answer=""
        )
        AuditEntry.objects.create(by=by.name, what="utskick igen", term=term, details=f"{number} brev")
    return number


def failed(term: Term) -> QuerySet[Mail]:
    """Mails that failed, but for letters whose reader has a newer
    one in the outbox: the older would come last and mislead her.
    """
    newer = Mail.objects.filter(
        term=term, what=Mail.What.LETTER, kind=OuterRef("kind"), owner=OuterRef("owner"), id__gt=OuterRef("id")
    )
    outdated = Q(Exists(newer), what=Mail.What.LETTER)
    return Mail.objects.filter(term=term, state=Mail.State.FAILED).exclude(outdated)


def drop(term: Term, by: Actor) -> int:
    """What waits in a term is not sent. How many."""
    with transaction.atomic():
        number = Mail.objects.filter(term=term, state=Mail.State.WAITING).update(
            state=Mail.State.DROPPED, ended=timezone.now(), answer=f"Struket av {by.name}."
        )
        AuditEntry.objects.create(by=by.name, what="utskick struket", term=term, details=f"{number} brev")
    return number


def hold() -> None:
    """Nothing is sent until a person releases it. What was being sent is uncertain."""
    if not OutboxHold.objects.exists():
        OutboxHold.objects.create(since=timezone.now())
    lost()


def held() -> OutboxHold | None:
    """Since when the outbox is held; None if it is not."""
    return OutboxHold.objects.order_by("id").first()


def release(by: Actor) -> None:
    """A person lets it go."""
    with transaction.atomic():
        OutboxHold.objects.all().delete()
        AuditEntry.objects.create(by=by.name, what="utskick släppt")
