"""Publicera: what differs from the published version, who is concerned, «Publicera»."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from models.change import ChangeKind
from outputs.words import CHANGE_KINDS, module_name, person, seat
from scheduler.answers.differences import diff
from service import publishing
from service.access import COORDINATORS, published
from service.models import Plan, Publication
from service.pages.found import plan_of
from service.pages.page import actor, config, page, shown
from service.publishing import NotASuccessorError
from terminsplan.store import open_plan

_MOST_ROWS = 300
_MOODS = {ChangeKind.NEW: "good", ChangeKind.MOVED: "wait", ChangeKind.DETAILS: "plain", ChangeKind.CANCELLED: "bad"}


@page(COORDINATORS, "GET", "POST")
def publish(request: HttpRequest, number: int) -> HttpResponse:
    """The page; publishing by POST."""
    found = plan_of(request, number)
    if request.method != "POST":
        return _shown(request, found)
    try:
        publishing.publish(config(), found, actor(request))
    except NotASuccessorError:
        return _shown(
            request,
            found,
            "En annan plan är publicerad, och den här är inte gjord av den. Planera om från den publicerade.",
            409,
        )
    return HttpResponseRedirect(f"/terminer/{found.term_id}/prenumerationer")


def _shown(request: HttpRequest, plan: Plan, fault: str = "", status: int = 200) -> HttpResponse:
    now = published(plan.term)
    content = {
        "plan": plan,
        "now": now,
        "is_published": now is not None and now.plan_id == plan.id,
        "may": publishing.may_be_published(plan),
        "history": Publication.objects.filter(term=plan.term).select_related("plan")[:20],
        "calendars": plan.calendars.count(),
        "most": _MOST_ROWS,
        "fault": fault,
        **(_differences(now.plan, plan) if now and now.plan_id != plan.id else {"rows": [], "all": 0, "people": 0}),
    }
    return shown(request, "publish.html", content, term=plan.term, status=status)


def _differences(before: Plan, after: Plan) -> dict[str, object]:
    old, new = (open_plan(config().plans / plan.folder) for plan in (before, after))
    changes = diff(old.plan, new.plan, {}, ()).changes
    rows = [
        {
            "name": person(new.problem, change.hire)
            if change.hire in new.problem.hire_by_id
            else person(old.problem, change.hire),
            "kind": CHANGE_KINDS[change.kind],
            "mood": _MOODS[change.kind],
            "programme": module_name(new.problem, change.programme, change.module),
            "before": seat(change.before) if change.before else "–",
            "after": seat(change.after) if change.after else "–",
        }
        for change in changes[:_MOST_ROWS]
    ]
    return {"rows": rows, "all": len(changes), "people": len({change.hire for change in changes})}
