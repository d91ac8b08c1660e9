"""Publishing: the bytes of every calendar are frozen, and
from then on are what subscribers get. All in one transaction.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from pathlib import Path

from django.db import IntegrityError, transaction
from django.utils import timezone

from outputs.events.identity import PERSON
from service import notices
from service.access import Actor, published
from service.config import Config
from service.models import AuditEntry, Frozen, Plan, PlanPerson, Publication, Subscription

CALENDARS = "kalendrar"


class NotASuccessorError(Exception):
    """The published plan is not among the plan's predecessors."""


class ChangedMeanwhileError(Exception):
    """Another plan was published than the one that was compared with."""


def may_be_published(plan: Plan) -> bool:
    """Whether calendars will follow: none is published, or the published plan is among the plan's predecessors."""
    return _may_follow(plan, published(plan.term))


def _may_follow(plan: Plan, now: Publication | None) -> bool:
    return now is None or now.plan_id in _predecessors(plan)


def publish(config: Config, plan: Plan, by: Actor, *, seen: int | None = None) -> Publication:
    """A new publication; raises NotASuccessorError.

    ``seen`` is the number of the publication that somebody has compared the plan with, 0 for none: if it is not the
    newest any more, ChangedMeanwhileError is raised.
    """
    files = [(row.kind, row.owner, _bytes(config, plan, row.path)) for row in plan.calendars.all()]
    organisations = notices.organisations(config, plan)
    try:
        with transaction.atomic():
            last = published(plan.term)
            if seen is not None and seen != (last.number if last else 0):
                raise ChangedMeanwhileError
            if not _may_follow(plan, last):
                raise NotASuccessorError
            made = Publication.objects.create(
                term_id=plan.term_id, plan=plan, number=last.number + 1 if last else 1, by=by.name, made=_after(last)
            )
            Frozen.objects.bulk_create(
                (
                    Frozen(
                        publication=made, kind=kind, owner=owner, content=data, etag=hashlib.sha256(data).hexdigest()
                    )
                    for kind, owner, data in files
                ),
                batch_size=100,
            )
            _follow_people(plan)
            notices.published(config, made, organisations, by.name)
            AuditEntry.objects.create(by=by.name, what="publicering", term_id=plan.term_id, details=f"plan {plan.id}")
            return made
    except IntegrityError as error:  # somebody else published in the same moment
        raise NotASuccessorError from error


def _follow_people(plan: Plan) -> None:
    """A person's subscriptions are those of the administration and the unit that she belongs to now."""
    rows = PlanPerson.objects.filter(plan=plan).values_list("hire", "organisation", "unit")
    belongs = {hire: (organisation, unit) for hire, organisation, unit in rows}
    moved = []
    for link in Subscription.objects.filter(term_id=plan.term_id, kind=PERSON).defer("empty"):
        place = belongs.get(link.owner)
        if place is not None and place != (link.organisation, link.unit):
            link.organisation, link.unit = place
            moved.append(link)
    Subscription.objects.bulk_update(moved, ["organisation", "unit"], batch_size=100)


def _after(last: Publication | None) -> datetime:
    """Now, and a whole second after the last one even where
    the clock was set back: readers ask by seconds what is new.
    """
    now = timezone.now()
    return now if last is None else max(now, last.made + timedelta(seconds=1))


def _bytes(config: Config, plan: Plan, path: str) -> bytes:
    return (Path(config.plans) / plan.folder / CALENDARS / path).read_bytes()


def _predecessors(plan: Plan) -> set[int]:
    """The plans that it goes on from."""
    before = dict(Plan.objects.filter(term_id=plan.term_id).values_list("id", "predecessor_id"))
    found: set[int] = set()
    number = plan.predecessor_id
    while number is not None and number not in found:
        found.add(number)
        number = before.get(number)
    return found
