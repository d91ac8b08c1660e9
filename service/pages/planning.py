"""Planera: «Planera», the job as it goes on, «Avbryt»."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone

from models.ids import Level
from service import inputs_of_terms
from service.access import COORDINATORS, published
from service.jobs import asking
from service.jobs.asking import RefusedJobError
from service.models import Job, Plan, Term
from service.pages.found import job_of, term_of
from service.pages.page import actor, page, shown

_JOBS_SHOWN = 10
_PLANS_A_PAGE = 20
_FIELDS: Mapping[str, str] = {
    "kind": "Vad som ska göras",
    "max_seconds": "Längsta tid att söka, i sekunder,",
    "planning_date": "Planeringsdagen",
    "stability": "Stabiliteten",
}
"""What the pages call the options of a job."""


@page(COORDINATORS, "GET", "POST")
def planning(request: HttpRequest, term: int) -> HttpResponse:
    """The page; a job by POST."""
    found = term_of(request, term)
    if request.method != "POST":
        return _shown(request, found)
    try:
        job = asking.ask(found, options_of(request), actor(request))
    except RefusedJobError as refusal:
        return _shown(request, found, told(refusal), 409 if refusal.conflict else 422)
    return HttpResponseRedirect(f"/jobb/{job.id}")


@page(COORDINATORS)
def job(request: HttpRequest, number: int) -> HttpResponse:
    """A job as it goes on; asked for by the page itself it is the changing part alone."""
    found = job_of(request, number)
    content = {
        "job": found,
        "level": next((level for level in Level if level == found.level), None),
        "seconds_left": seconds_left(found),
        "ahead": _ahead(found),
    }
    if request.headers.get("HX-Request") == "true":
        return render(request, "job_state.html", content)
    return shown(request, "job.html", content, term=found.term)


@page(COORDINATORS, "POST")
def stop(request: HttpRequest, number: int) -> HttpResponse:
    """«Avbryt»."""
    found = job_of(request, number)
    asking.stop(found, actor(request))
    if request.POST.get("till") == "planera-om":
        return HttpResponseRedirect(f"/terminer/{found.term_id}/planera-om#alternativ")
    return HttpResponseRedirect(f"/jobb/{found.id}")


def told(refusal: RefusedJobError) -> str:
    """Why not, in the words of the page."""
    return f"{_FIELDS[refusal.option]} {refusal.message}" if refusal.option in _FIELDS else str(refusal)


def options_of(request: HttpRequest) -> dict[str, object]:
    """What was filled in; a blank field is the command's default. Raises RefusedJobError for what is no number."""
    found: dict[str, object] = {"kind": request.POST.get("slag", asking.PLAN)}
    seconds = request.POST.get("max_tid", "").strip().replace(",", ".")
    if seconds:
        try:
            found["max_seconds"] = float(seconds)
        except ValueError:
            raise RefusedJobError("Skriv tiden i sekunder, som 60.") from None
    if day := request.POST.get("planeringsdag", "").strip():
        found["planning_date"] = day
    if stability := request.POST.get("stabilitet"):
        found["stability"] = stability
    return found


def _shown(request: HttpRequest, term: Term, fault: str = "", status: int = 200) -> HttpResponse:
    every = Plan.objects.filter(term=term).select_related("version").order_by("-id")
    plans = Paginator(every, _PLANS_A_PAGE).get_page(request.GET.get("planer"))
    content = {
        "version": inputs_of_terms.newest(term),
        "published": published(term),
        "jobs": Job.objects.filter(term=term).order_by("-id")[:_JOBS_SHOWN],
        "plans": plans,
        "not_chosen": asking.not_chosen(list(plans)),
        "fault": fault,
        "seconds": request.POST.get("max_tid", "60"),
        "day": request.POST.get("planeringsdag", ""),
    }
    return shown(request, "planning.html", content, term=term, status=status)


def seconds_left(job: Job) -> int | None:
    """Of the time that the solver was given, never more, even where
    the clock was set back; None unless it is at work.
    """
    if job.state != Job.State.RUNNING or job.begun is None:
        return None
    given = float(job.options.get("max_seconds") or 60)
    return round(min(given, max(0.0, given - (timezone.now() - job.begun).total_seconds())))


def _ahead(job: Job) -> int:
    """How many jobs come before it."""
    if job.state != Job.State.QUEUED:
        return 0
    return Job.objects.filter(id__lt=job.id, state__in=(Job.State.QUEUED, Job.State.RUNNING)).count()
