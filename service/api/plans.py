"""``/plans/{id}/…``: files as the commands write them, and publishing."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from service import publishing
from service.access import COORDINATORS, Actor
from service.api.door import Allowed, answer, endpoint, members
from service.api.problems import ProblemError
from service.jobs import asking
from service.jobs.asking import RefusedJobError
from service.models import Plan
from service.plan_files import DOWNLOADS, download
from service.publishing import NotASuccessorError


def find(actor: Actor, plan: int) -> Plan:
    """A plan that is hers; raises Http404."""
    found = actor.plans().filter(id=plan).first()
    if found is None:
        raise Http404
    return found


def _file(request: HttpRequest, actor: Actor, plan: int, name: str) -> HttpResponse:
    if name not in DOWNLOADS:
        raise Http404
    return download(settings.CONFIG, find(actor, plan), name)


def _publish(request: HttpRequest, actor: Actor, plan: int) -> HttpResponse:
    try:
        made = publishing.publish(settings.CONFIG, find(actor, plan), actor)
    except NotASuccessorError as error:
        told = "En annan plan är publicerad, och den här är inte gjord av den; eller så är den här redan publicerad."
        raise ProblemError(409, told) from error
    return answer({"publication": made.id})


def _try(request: HttpRequest, actor: Actor, plan: int) -> HttpResponse:
    found = find(actor, plan)
    try:
        job = asking.ask_try(found, members(request), actor)
    except RefusedJobError as refusal:
        raise ProblemError(422, str(refusal)) from refusal
    return answer({"id": job.id, "state": job.state}, 202)


try_ = endpoint(POST=Allowed(_try, COORDINATORS))
file = endpoint(GET=Allowed(_file, COORDINATORS))
publish = endpoint(POST=Allowed(_publish, COORDINATORS))
