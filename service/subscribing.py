"""Subscriptions: made, told again, changed, closed."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from models.problem import TermProblem
from outputs import ics
from outputs.events.identity import ADMINISTRATION, PERSON, UNIT
from outputs.events.kinds import parted
from outputs.plan_json import read_problem
from service.access import Actor, published
from service.config import Config
from service.inputs_of_terms import newest
from service.jobs.calendars import KINDS, WITHIN, owner_of, owners, titles
from service.models import AuditEntry, InputVersion, OwnPage, PlanCalendar, Subscription, Term
from service.reading.upload import NORMAL_FORM
from service.secrets_of_links import digest, secret

_Row = TypeVar("_Row", Subscription, OwnPage)
_KEPT = 4
"""Inputs kept in memory."""


@dataclass(frozen=True)
class Owner:
    """Whose calendar it is; ``organisation`` and ``unit`` say whose person she is."""

    kind: str
    id: str
    name: str
    organisation: str = ""
    unit: str = ""


class UnknownOwnerError(Exception):
    """Nobody has such a calendar in this term."""


def create(config: Config, term: Term, by: Actor, *, kind: str, owner: str, organisation: str = "") -> Subscription:
    """A new subscription; raises UnknownOwnerError, also for somebody who is not hers.

    What is subscribed to before the first publication is an empty calendar. ``organisation`` tells units and managers
    of one name apart; it may be left out where there is but one of that name among those that are hers.
    """
    problem = problem_of(config, term)
    found = _owner(term, problem, kind, _whose(problem, by, kind, owner, organisation))
    if problem is None or found is None or not may_subscribe(by, found):
        raise UnknownOwnerError
    return _made(config, term, by, problem, found)


def _whose(problem: TermProblem | None, by: Actor, kind: str, owner: str, organisation: str) -> str:
    """The owner's id, whose administration is found where nobody names it."""
    if problem is None or kind not in WITHIN or organisation:
        return owner_of(kind, owner, organisation)
    ids = [one for one in owners(problem, None, kind) if may_subscribe(by, _described(problem, kind, one, one))]
    named = [one for one in ids if parted(one)[1] == owner]
    return named[0] if owner not in ids and len(named) == 1 else owner


def maker(config: Config, term: Term, by: Actor) -> Callable[[str, str], Subscription | None]:
    """Makes many, of one input that is read once; None for whom there is no calendar."""
    problem = problem_of(config, term)

    def make(kind: str, owner: str) -> Subscription | None:
        found = _owner(term, problem, kind, owner)
        return None if problem is None or found is None else _made(config, term, by, problem, found)

    return make


def _made(config: Config, term: Term, by: Actor, problem: TermProblem, found: Owner) -> Subscription:
    title = titles(problem, found.kind).get(found.id, f"Introduktion {found.name}")
    empty = ics.empty_calendar(problem, found.kind, title)
    return make(config, Subscription(term=term, empty=empty), by, found)


def make(config: Config, row: _Row, by: Actor, owner: Owner) -> _Row:
    """The new row, told whose it is, with its first secret and a note of who made it."""
    row.kind, row.owner, row.name = owner.kind, owner.id, owner.name
    row.organisation, row.unit = owner.organisation, owner.unit
    row.key, row.by = secrets.token_hex(16), by.name
    thing = "prenumeration" if isinstance(row, Subscription) else "egen sida"
    with transaction.atomic():
        row.save(force_insert=True)
        hand_out(config, row)
        AuditEntry.objects.create(by=by.name, what=thing, term_id=row.term_id, details=f"{owner.kind} {row.id}")
    return row


def may_subscribe(by: Actor, owner: Owner) -> bool:
    """Coordinators to all; an administration to what is her own, and with a unit to that unit's people."""
    if by.coordinates:
        return True
    hers = bool(by.organisation) and owner.organisation == by.organisation
    return hers and (not by.unit or owner.unit == by.unit)


def change(config: Config, row: Subscription | OwnPage, by: Actor) -> None:
    """Another secret; the former one answers 410."""
    with transaction.atomic():
        type(row)._default_manager.filter(id=row.id).update(generation=F("generation") + 1)
        row.refresh_from_db()
        hand_out(config, row)
        _note(row, "bytt", by)


def revoke(row: Subscription | OwnPage, by: Actor) -> None:
    """It answers 410 from now on."""
    with transaction.atomic():
        type(row)._default_manager.filter(id=row.id, revoked=None).update(revoked=timezone.now())
        _note(row, "stängd", by)


def _note(row: Subscription | OwnPage, what: str, by: Actor) -> None:
    thing = "länk" if isinstance(row, Subscription) else "egen sidas länk"
    AuditEntry.objects.create(by=by.name, what=f"{thing} {what}", term_id=row.term_id, details=str(row.id))


def address(config: Config, subscription: Subscription) -> str:
    """Where the calendar is fetched."""
    return f"{config.public_address}/k/{secret(config, subscription.key, subscription.generation)}.ics"


def known_owners(config: Config, term: Term) -> list[Owner]:
    """All who may have a calendar: of the published plan, else of the newest input."""
    problem = problem_of(config, term)
    if problem is None:
        return []
    return [_described(problem, kind, id_, name) for kind in KINDS for id_, name in owners(problem, None, kind).items()]


def problem_of(config: Config, term: Term) -> TermProblem | None:
    """The input of the published plan, else the newest that can be planned."""
    now = published(term)
    if now is not None:
        return read_once(config.plans / now.plan.folder)
    version = newest(term)
    if version is None or not (config.inputs / version.folder / NORMAL_FORM).is_file():
        version = InputVersion.objects.filter(term=term, plannable=True).order_by("-number").first()
    return None if version is None else read_once(config.inputs / version.folder)


@lru_cache(maxsize=_KEPT)
def read_once(folder: Path) -> TermProblem:
    """Folders never change, and one of thousands of people takes a quarter of a second to read."""
    return read_problem((folder / NORMAL_FORM).read_bytes())


def _owner(term: Term, problem: TermProblem | None, kind: str, owner: str) -> Owner | None:
    if problem is None or kind not in KINDS:
        return None
    name = owners(problem, None, kind).get(owner)
    if name is None:  # somebody who has left the input has a calendar for as long as it shows what was cancelled
        now = published(term)
        rows = PlanCalendar.objects.filter(plan=now.plan if now else None, kind=kind, owner=owner)
        name = rows.values_list("name", flat=True).first()
    return None if name is None else _described(problem, kind, owner, name)


def _described(problem: TermProblem, kind: str, owner: str, name: str) -> Owner:
    if kind == PERSON and owner in problem.hire_by_id:
        hire = problem.hire_by_id[owner]
        return Owner(kind, owner, name, hire.organisation, hire.unit or "")
    if kind in WITHIN:
        organisation, within = parted(owner)
        return Owner(kind, owner, name, organisation, within if kind == UNIT else "")
    return Owner(kind, owner, name, owner if kind == ADMINISTRATION else "")


def hand_out(config: Config, row: Subscription | OwnPage) -> None:
    """From now on its secret is known again."""
    row.links.create(digest=digest(secret(config, row.key, row.generation)), generation=row.generation)
