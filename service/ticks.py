"""Tasks of introductions that are done: ticked by a hire,
or by her mentor, and shown to both and to the coordinator.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction

from outputs.tasks.dates import DatedTask
from service.access import Actor
from service.models import AuditEntry, Term, Tick


@dataclass(frozen=True)
class Given:
    """What a form told: the boxes that it showed, those that were ticked then, and those that are now."""

    shown: Collection[str]
    before: Collection[str]
    now: Collection[str]


def of(term: Term, hires: Iterable[str]) -> Mapping[str, Tick]:
    """What is ticked of these hires' tasks, by the tasks' tokens."""
    rows = Tick.objects.filter(term=term, hire__in=list(hires))
    return {json.dumps([row.hire, row.task, row.number], ensure_ascii=False): row for row in rows}


def save(term: Term, allowed: Iterable[DatedTask], given: Given, by: Actor, role: str) -> int:
    """Store what was ticked and what was no longer, of the boxes that are hers; how many changed.

    A box that she left as it was shown stays as somebody else may have put it meanwhile.
    """
    changed = 0
    with transaction.atomic():
        for task in allowed:
            name = task.token
            is_done = name in given.now
            if name not in given.shown or is_done == (name in given.before):
                continue
            key = {"term": term, "hire": task.hire, "task": task.task.id, "number": task.number}
            if is_done:
                Tick.objects.get_or_create(**key, defaults={"by": role})
            else:
                Tick.objects.filter(**key).delete()
            changed += 1
        if changed:
            AuditEntry.objects.create(by=by.name, what="uppgifter kryssade", term=term, details=str(changed))
    return changed
