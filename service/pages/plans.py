"""Planen: the report's content, people and rounds to search, a person's
page with the reasons, and the files as the commands write them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse

from models.ids import State
from outputs import words
from outputs.words import swedish_order
from service import report_content, ticks
from service.access import COORDINATORS, published
from service.models import Plan, PlanPerson, PlanRound
from service.pages import trying
from service.pages.found import plan_of
from service.pages.page import actor, config, page, shown
from service.plan_files import DOWNLOADS, download

_PEOPLE_A_PAGE = 50
_ROUNDS_A_PAGE = 25
_LONGEST = 100
_ROUND_STATES: Mapping[str, str] = {
    "lediga": "Lediga platser",
    "full": "Full",
    "blir inte av": "Blir inte av",
    "inställd": "Inställd",
}


@page(COORDINATORS)
def plan(request: HttpRequest, number: int) -> HttpResponse:
    """The report's content."""
    found = plan_of(request, number)
    report = report_content.of_plan(config().plans / found.folder)
    return _within(request, found, "plan.html", {"report": report.html})


@page(COORDINATORS)
def styles(request: HttpRequest, number: int) -> HttpResponse:
    """What the report's elements are styled with."""
    found = plan_of(request, number)
    css = report_content.of_plan(config().plans / found.folder).css
    headers = {"Cache-Control": "private, max-age=86400, immutable"}
    return HttpResponse(css, content_type="text/css; charset=utf-8", headers=headers)


@page(COORDINATORS)
def people(request: HttpRequest, number: int) -> HttpResponse:
    """Everybody, searchable, filtered by administration, unit, programme and state."""
    found = plan_of(request, number)
    asked, mine = _asked(request), actor(request).people(found)
    rows = Paginator(_chosen(mine, asked), _PEOPLE_A_PAGE).get_page(request.GET.get("sida"))
    content = {
        "rows": rows,
        "asked": asked,
        "units": _units(mine),
        "hand": trying.by_hand(found),
        "states": {state.value: words.STATES[state] for state in State},
    }
    return _within(request, found, "people.html", content)


@page(COORDINATORS)
def person(request: HttpRequest, number: int) -> HttpResponse:
    """One person, with the reasons."""
    found = plan_of(request, number)
    one = actor(request).people(found).filter(hire=request.GET.get("id", "")).first()
    if one is None:
        raise Http404
    hand = trying.by_hand(found)
    programmes = [row["programme"] for row in one.account["requirements"]]
    content = {
        "person": one,
        "choices": {programme: trying.choices(found, programme) for programme in programmes},
        "hand": hand,
        "barred": {round_ for hire, round_ in hand.barred if hire == one.hire},
        "tasks": one.account.get("tasks", []),
        "ticks": ticks.of(found.term, [one.hire]),
    }
    return _within(request, found, "person.html", content)


@page(COORDINATORS)
def rounds(request: HttpRequest, number: int) -> HttpResponse:
    """All rounds with sessions and participants, searchable; of an
    administration or unit those where somebody of hers has a seat.
    """
    found = plan_of(request, number)
    asked, mine = _asked(request), actor(request).people(found)
    content = {
        "rows": Paginator(_chosen_rounds(found, mine, asked), _ROUNDS_A_PAGE).get_page(request.GET.get("sida")),
        "asked": asked,
        "units": _units(mine),
        "hand": trying.by_hand(found),
        "states": _ROUND_STATES,
    }
    return _within(request, found, "rounds.html", content)


@page(COORDINATORS)
def file(request: HttpRequest, number: int, name: str) -> HttpResponse:
    """A file as the command writes it."""
    found = plan_of(request, number)
    if name not in DOWNLOADS:
        raise Http404
    return download(config(), found, name)


def _asked(request: HttpRequest) -> dict[str, str]:
    """What a list of people or rounds is searched by."""
    names = ("sok", "forvaltning", "enhet", "utbildning", "lage")
    return {name: unicodedata.normalize("NFC", request.GET.get(name, "").strip())[:_LONGEST] for name in names}


def _units(people: QuerySet[PlanPerson]) -> list[str]:
    units = people.order_by().values_list("unit", flat=True).distinct()
    return sorted((unit for unit in units if unit), key=swedish_order)


def _chosen_rounds(
    plan: Plan, people: QuerySet[PlanPerson], asked: Mapping[str, str]
) -> Sequence[PlanRound] | QuerySet[PlanRound]:
    rows = PlanRound.objects.filter(plan=plan).order_by("position")
    if asked["sok"]:
        rows = rows.filter(text__contains=asked["sok"].casefold())
    if asked["utbildning"]:
        rows = rows.filter(programme=asked["utbildning"])
    if not (asked["lage"] or asked["forvaltning"] or asked["enhet"]):
        return rows
    found = [row for row in rows if asked["lage"] in ("", _round_state(row.account))]
    if asked["forvaltning"] or asked["enhet"]:
        wanted = {"sok": "", "utbildning": "", "lage": ""}
        hers = set(_chosen(people, {**asked, **wanted}).values_list("hire", flat=True))
        found = [row for row in found if any(one["hire"] in hers for one in row.account["participants"])]
    return found


def _round_state(account: Mapping[str, Any]) -> str:
    if not account["runs"]:
        return "inställd" if account["status"] == "inställd" else "blir inte av"
    return "full" if len(account["participants"]) >= account["seats"] else "lediga"


def _chosen(people: QuerySet[PlanPerson], asked: dict[str, str]) -> QuerySet[PlanPerson]:
    if asked["sok"]:
        people = people.filter(text__contains=asked["sok"].casefold())
    if asked["forvaltning"]:
        people = people.filter(organisation=asked["forvaltning"])
    if asked["enhet"]:
        people = people.filter(unit=asked["enhet"])
    if asked["utbildning"]:
        people = people.filter(programmes__contains=f"|{asked['utbildning']}|")
    if asked["lage"]:
        people = people.filter(states__contains=f"|{asked['lage']}|")
    return people


def _within(request: HttpRequest, plan: Plan, template: str, content: Mapping[str, object]) -> HttpResponse:
    now = published(plan.term)
    frame = {"plan": plan, "is_published": now is not None and now.plan_id == plan.id, "files": DOWNLOADS}
    return shown(request, template, {**frame, **content}, term=plan.term)
