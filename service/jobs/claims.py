"""Jobs in the database: claimed, told of, ended.

Every change is conditional on the claim, so that a planner that lost it changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from service.models import Beat, Job, Plan, PlanCalendar, PlanPerson, PlanRound

ALIVE_SECONDS = 20
MOST_ATTEMPTS = 2
_GONE = "Jobbet avbröts när tjänsten stannade, och har inte tagits upp igen. Starta det på nytt."


def beat(planner: str) -> None:
    """The planner lives; of those that were killed nothing is left after a while."""
    Beat.objects.exclude(planner=planner).exclude(_fresh("at")).delete()
    Beat.objects.update_or_create(planner=planner, defaults={"at": timezone.now()})


def living() -> int:
    """How many planners live."""
    return Beat.objects.filter(_fresh("at")).count()


def claim(planner: str) -> Job | None:
    """The oldest job that waits, now this planner's alone; None if there is none."""
    for number in Job.objects.filter(state=Job.State.QUEUED).order_by("id").values_list("id", flat=True)[:20]:
        now = timezone.now()
        taken = Job.objects.filter(id=number, state=Job.State.QUEUED).update(
            state=Job.State.RUNNING, planner=planner, begun=now, heartbeat=now, attempts=F("attempts") + 1
        )
        if taken:
            return Job.objects.select_related("version", "base").get(id=number)
    return None


def tell(job: Job, content: Mapping[str, Any]) -> bool:
    """The heartbeat, with what is new; False if the job is this planner's no more."""
    return bool(_mine(job).update(heartbeat=timezone.now(), **content))


def asked_to_stop(job: Job) -> bool:
    """Whether somebody wants no more than the best plan so far."""
    return _mine(job).filter(stop=True).exists()


def end(job: Job, state: Job.State, message: str, result: object = None) -> bool:
    """The job has ended without a plan; False if it is this planner's no more."""
    return bool(_mine(job).update(state=state, message=message, result=result, ended=timezone.now()))


def end_with_plan(job: Job, folder: str, made: Mapping[str, Any], message: str, result: object) -> bool:
    """The job has ended, and its plan is there: both or neither.

    Asked again after a database was lost in the midst, it answers for what was written then.
    """
    with transaction.atomic():
        state = Job.State.CANCELLED if asked_to_stop(job) else Job.State.DONE
        if not end(job, state, message, result):
            return Plan.objects.filter(folder=folder).exists()
        plan = Plan.objects.create(
            term_id=job.term_id,
            version_id=job.version_id,
            predecessor_id=job.base_id,
            folder=folder,
            by=job.by,
            **made["plan"],
        )
        PlanPerson.objects.bulk_create((PlanPerson(plan=plan, **row) for row in made["people"]), batch_size=200)
        PlanRound.objects.bulk_create((PlanRound(plan=plan, **row) for row in made["rounds"]), batch_size=200)
        PlanCalendar.objects.bulk_create((PlanCalendar(plan=plan, **row) for row in made["calendars"]), batch_size=200)
        Job.objects.filter(id=job.id).update(plan=plan)
        return True


def silent() -> dict[int, tuple[str, datetime | None]]:
    """Jobs that nobody has told of for a while by the clock: whose each is, and when it was told of last."""
    quiet = Job.objects.filter(state=Job.State.RUNNING).exclude(_fresh("heartbeat"))
    return {number: (planner, at) for number, planner, at in quiet.values_list("id", "planner", "heartbeat")}


def take_up_abandoned(before: Mapping[int, tuple[str, datetime | None]]) -> dict[int, tuple[str, datetime | None]]:
    """Jobs whose planner has died wait again; those that died twice have failed.

    Dead is who was silent already ``before``, some seconds ago, and has told nothing since: after a clock was set, or
    the database away, those who live tell within a second. Returns who is silent now, for the next time.
    """
    now = silent()
    for number, (planner, at) in now.items():
        if before.get(number) == (planner, at):
            _take_up(Job.objects.filter(id=number, state=Job.State.RUNNING, planner=planner, heartbeat=at))
    return now


def _take_up(dead: QuerySet[Job]) -> None:
    dead.filter(stop=True).update(
        state=Job.State.CANCELLED, message="Avbrutet. Ingen plan sparades.", ended=timezone.now()
    )
    dead.filter(attempts__lt=MOST_ATTEMPTS).update(state=Job.State.QUEUED, planner="", level="", value=None, bound=None)
    dead.filter(attempts__gte=MOST_ATTEMPTS).update(state=Job.State.FAILED, message=_GONE, ended=timezone.now())


def release(planner: str) -> None:
    """What this planner works on waits again: it ends in order, and this was no attempt."""
    Job.objects.filter(planner=planner, state=Job.State.RUNNING).update(
        state=Job.State.QUEUED, planner="", attempts=F("attempts") - 1
    )
    Beat.objects.filter(planner=planner).delete()


def _mine(job: Job) -> QuerySet[Job]:
    return Job.objects.filter(id=job.id, planner=job.planner, state=Job.State.RUNNING)


def _fresh(field: str) -> Q:
    """Within the limit of now, in either direction: a clock may have been set back."""
    now, reach = timezone.now(), timedelta(seconds=ALIVE_SECONDS)
    return Q(**{f"{field}__gte": now - reach, f"{field}__lte": now + reach})
