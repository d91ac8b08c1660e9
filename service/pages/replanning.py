"""Planera om: what has come in since the published plan, the three
stabilities side by side, and what the chosen one would tell.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from models.ids import Level, Stability
from outputs.figures import Figures
from outputs.page import lists
from outputs.words.stability import STABILITY_MEANINGS
from service import inputs_of_terms, planning_days, since
from service.access import COORDINATORS, published
from service.jobs import asking
from service.jobs.asking import RefusedJobError
from service.models import InputVersion, Job, Plan, Publication, Term
from service.pages.found import term_of
from service.pages.page import actor, config, note, page, shown
from service.pages.planning import options_of, seconds_left, told
from terminsplan.store import open_plan

_GOING = (Job.State.QUEUED, Job.State.RUNNING)


@page(COORDINATORS, "GET", "POST")
def replanning(request: HttpRequest, term: int) -> HttpResponse:
    """The page; three jobs by POST. Asked for by the page itself it is the changing part alone."""
    found = term_of(request, term)
    if request.method == "POST":
        return _begun(request, found)
    if request.headers.get("HX-Request") == "true":
        return render(request, "replan_state.html", {"term": found, **_side_by_side(found)})
    return _shown(request, found)


@page(COORDINATORS, "POST")
def choose(request: HttpRequest, term: int) -> HttpResponse:
    """«Välj»: this one is the draft, and the others of its three are not."""
    found = term_of(request, term)
    wanted = request.POST.get("plan", "")
    jobs = asking.side_by_side(found)
    chosen = next((job for job in jobs if job.plan_id and str(job.plan_id) == wanted), None)
    if chosen is None:
        return _shown(request, found, "Förslaget finns inte längre. Planera om på nytt.", 409)
    for job in jobs:
        Job.objects.filter(id=job.id).update(options={**job.options, "chosen": job.id == chosen.id})
    note(actor(request), "alternativ valt", found, f"plan {chosen.plan_id}, {chosen.options['stability']}")
    return HttpResponseRedirect(f"/terminer/{found.id}/planera-om#andringar")


def _begun(request: HttpRequest, term: Term) -> HttpResponse:
    try:
        asking.ask_side_by_side(term, options_of(request), actor(request))
    except RefusedJobError as refusal:
        return _shown(request, term, told(refusal), 409 if refusal.conflict else 422)
    return HttpResponseRedirect(f"/terminer/{term.id}/planera-om#alternativ")


def _shown(request: HttpRequest, term: Term, fault: str = "", status: int = 200) -> HttpResponse:
    version, now = inputs_of_terms.newest(term), published(term)
    alternatives = _side_by_side(term)
    content = {
        "version": version,
        "now": now,
        "since": since.since(config(), now, version) if now and version else None,
        "fault": fault,
        "seconds": request.POST.get("max_tid", "60"),
        "day": request.POST.get("planeringsdag", ""),
        "expected": planning_days.expected(version.sizes) if version else None,
        **alternatives,
        **_to_send(alternatives["chosen"], now, version),
    }
    return shown(request, "replanning.html", content, term=term, status=status)


def _side_by_side(term: Term) -> dict[str, Any]:
    """The newest three, with the level values of those that are done; ``chosen`` is the plan that was chosen."""
    jobs = asking.side_by_side(term)
    chosen = next((job.plan for job in jobs if job.plan and job.options.get("chosen")), None)
    return {
        "alternatives": [_alternative(job) for job in jobs],
        "levels": list(_levels(jobs)),
        "going": any(job.state in _GOING for job in jobs),
        "chosen": chosen,
        "base": jobs[0].base if jobs else None,
        "of_version": jobs[0].version if jobs else None,
    }


def _alternative(job: Job) -> Mapping[str, Any]:
    stability = Stability(job.options["stability"])
    return {
        "job": job,
        "stability": stability.value,
        "means": STABILITY_MEANINGS[stability],
        "level": next((level for level in Level if level == job.level), None),
        "seconds_left": seconds_left(job),
        "figures": job.plan.figures if job.plan else None,
        "moved": _moved(job),
        "chosen": bool(job.options.get("chosen")),
    }


def _moved(job: Job) -> int | None:
    told = job.plan.figures.get("moved") if job.plan else None
    return told if told is not None else _level_of(job, Level.CHANGES).get("value")


def _levels(jobs: Sequence[Job]) -> Iterator[Mapping[str, Any]]:
    """A row a level that any of the plans has: its results in the order
    of the jobs, None where a plan has it not or is not there yet.
    """
    for level in Level:
        results = [_level_of(job, level) or None for job in jobs]
        if any(results):
            yield {"level": level, "results": results}


def _level_of(job: Job, level: Level) -> Mapping[str, Any]:
    told = job.plan.figures.get("levels", ()) if job.plan else ()
    return next((row for row in told if row["name"] == level), {})


def _to_send(chosen: Plan | None, now: Publication | None, version: InputVersion | None) -> Mapping[str, Any]:
    """The changes of the chosen plan against the published one,
    by cause; blank without one, or where it is published by now.
    """
    if chosen is None or now is None or chosen.predecessor_id != now.plan_id:
        return {"changes": None, "summary": "", "causes": (), "lines": 0, "stale": False}
    stored = open_plan(config().plans / chosen.folder)
    assert stored.changes is not None
    return {
        "changes": stored.changes,
        "summary": lists.change_summary(stored.changes),
        "causes": lists.change_causes(Figures(stored.problem, stored.plan), stored.changes),
        "lines": lists.change_line_count(stored.changes),
        "stale": version is not None and chosen.version_id != version.id,
    }
