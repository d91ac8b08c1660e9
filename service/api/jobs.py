"""``/terms/{id}/jobs`` and ``/jobs/{id}``."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from service.access import COORDINATORS, Actor
from service.api.door import Allowed, answer, endpoint, members
from service.api.problems import ProblemError
from service.api.terms import find
from service.jobs import asking
from service.jobs.asking import RefusedJobError
from service.models import Job


def _new(request: HttpRequest, actor: Actor, term: int) -> HttpResponse:
    found = find(actor, term)
    try:
        job = asking.ask(found, {**members(request), "base": None}, actor)
    except RefusedJobError as refusal:
        raise ProblemError(409 if refusal.conflict else 422, str(refusal)) from refusal
    return answer({"id": job.id, "state": job.state}, 202)


def _one(request: HttpRequest, actor: Actor, job: int) -> HttpResponse:
    found = _find(actor, job)
    return answer(
        {
            "id": found.id,
            "state": found.state,
            "level": found.level or None,
            "value": found.value,
            "bound": found.bound,
            "plan": found.plan_id,
            "result": found.result,
            "message": found.message or None,
        }
    )


def _stop(request: HttpRequest, actor: Actor, job: int) -> HttpResponse:
    found = _find(actor, job)
    asking.stop(found, actor)
    found.refresh_from_db()
    return answer({"id": found.id, "state": found.state}, 202)


def _find(actor: Actor, job: int) -> Job:
    found = actor.jobs().filter(id=job).first()
    if found is None:
        raise Http404
    return found


jobs = endpoint(POST=Allowed(_new, COORDINATORS))
job = endpoint(GET=Allowed(_one, COORDINATORS), DELETE=Allowed(_stop, COORDINATORS))
