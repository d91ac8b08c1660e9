"""Publicera: what differs from the published version, who is
concerned, «Publicera»; and «Återta», back to an earlier publication.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from models.change import ChangeKind
from outputs.words import CHANGE_KINDS, module_name, person, seat
from scheduler.answers.differences import diff
from service import letters, publishing
from service.access import COORDINATORS, published
from service.jobs import asking
from service.jobs.asking import RefusedJobError
from service.models import Plan, Publication
from service.pages.found import plan_of, term_of
from service.pages.page import actor, config, page, shown
from service.pages.planning import told
from service.publishing import ChangedMeanwhileError, NotASuccessorError

_ROWS_A_PAGE = 100
_HISTORY_A_PAGE = 20
_MOODS = {ChangeKind.NEW: "good", ChangeKind.MOVED: "wait", ChangeKind.DETAILS: "plain", ChangeKind.CANCELLED: "bad"}
Row = Mapping[str, str]


@page(COORDINATORS, "GET", "POST")
def publish(request: HttpRequest, number: int) -> HttpResponse:
    """The page; publishing by POST."""
    found = plan_of(request, number)
    if request.method != "POST":
        return _shown(request, found)
    seen = request.POST.get("jamford", "")
    try:
        publishing.publish(
            config(), found, actor(request), seen=int(seen) if seen.isdecimal() and len(seen) < 10 else None
        )
    except ChangedMeanwhileError:
        return _shown(request, found, _told_meanwhile(found), 409)
    except NotASuccessorError:
        return _shown(request, found, "Den här planen går inte att publicera.", 409)
    return HttpResponseRedirect(f"/terminer/{found.term_id}/prenumerationer?publicerad=ja")


@page(COORDINATORS, "POST")
def take_back(request: HttpRequest, term: int) -> HttpResponse:
    """«Återta»: a job that makes a draft with the bookings of an earlier publication, to be looked at and published."""
    found = term_of(request, term)
    number = request.POST.get("publicering", "")
    chosen = Publication.objects.filter(term=found, number=number if number.isdecimal() and len(number) < 10 else 0)
    earlier, now = chosen.select_related("plan__version", "term").first(), published(found)
    if now is None:
        raise Http404
    if earlier is None:
        return _shown(request, now.plan, "Välj i listan vilken publicering du vill tillbaka till.", 422)
    day = request.POST.get("planeringsdag", "").strip()
    try:
        job = asking.ask_back(earlier, {"planning_date": day} if day else {}, actor(request))
    except RefusedJobError as refusal:
        return _shown(request, now.plan, told(refusal), 409 if refusal.conflict else 422)
    return HttpResponseRedirect(f"/jobb/{job.id}")


def _told_meanwhile(plan: Plan) -> str:
    """What the other coordinator did."""
    now = published(plan.term)
    assert now is not None
    if now.plan_id == plan.id:
        return f"Planen publicerades nyss av {now.by}. Den publiceras inte en gång till."
    return f"Medan du läste publicerade {now.by} plan {now.plan.number}. Jämför med den innan du publicerar."


def _shown(request: HttpRequest, plan: Plan, fault: str = "", status: int = 200) -> HttpResponse:
    now = published(plan.term)
    history = list(Publication.objects.filter(term=plan.term).select_related("plan"))
    rows: tuple[Row, ...] = ()
    concerned: tuple[tuple[str, int], ...] = ()
    if now and now.plan_id != plan.id:
        rows, concerned = _differences(*(config().plans / one.folder for one in (now.plan, plan)))
    content = {
        "plan": plan,
        "now": now,
        "is_published": now is not None and now.plan_id == plan.id,
        "may": publishing.may_be_published(plan),
        "history": Paginator(history, _HISTORY_A_PAGE).get_page(request.GET.get("publicerat")),
        "earlier": [one for one in history if now and one.plan_id != now.plan_id],
        "calendars": plan.calendars.count(),
        "rows": Paginator(rows, _ROWS_A_PAGE).get_page(request.GET.get("sida")),
        "concerned": concerned,
        "all": len(rows),
        "people": sum(number for _, number in concerned),
        "fault": fault,
    }
    return shown(request, "publish.html", content, term=plan.term, status=status)


@lru_cache(maxsize=8)
def _differences(before: Path, after: Path) -> tuple[tuple[Row, ...], tuple[tuple[str, int], ...]]:
    """Every seat that is another, in words; and of how many people, by administration. Plan folders never change."""
    old, new = letters.opened(before), letters.opened(after)
    changes = diff(old.plan, new.plan, {}, ()).changes
    hires = {**old.problem.hire_by_id, **new.problem.hire_by_id}
    names = {o.id: o.name for problem in (old.problem, new.problem) for o in problem.organisations}
    concerned: dict[str, set[str]] = defaultdict(set)
    for change in changes:
        concerned[names[hires[change.hire].organisation]].add(change.hire)
    rows = tuple(
        {
            "name": person(new.problem if change.hire in new.problem.hire_by_id else old.problem, change.hire),
            "kind": CHANGE_KINDS[change.kind],
            "mood": _MOODS[change.kind],
            "programme": module_name(new.problem, change.programme, change.module),
            "before": seat(change.before) if change.before else "–",
            "after": seat(change.after) if change.after else "–",
        }
        for change in changes
    )
    return rows, tuple(sorted((name, len(people)) for name, people in concerned.items()))
