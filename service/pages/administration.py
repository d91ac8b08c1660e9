"""Förvaltningens sida: her own people of the published plan,
and what she reports; for the coordinator, what has come in.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import reduce
from operator import or_

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from models.ids import State
from outputs import words
from outputs.files.administrations import LIST
from outputs.words import swedish_order
from service import own_people, reports, subscribing
from service.access import COORDINATORS, published
from service.inputs_of_terms import StaleBaseError
from service.models import Report, Role, Subscription, Term
from service.pages.found import term_of
from service.pages.page import actor, config, page, shown
from service.reports import RefusedReportError
from service.row_edits import RefusedEditError
from service.subscribing import UnknownOwnerError

_PEOPLE_A_PAGE = 50
_REPORTS_A_PAGE = 25
_LACKING_A_PAGE = 25
_LONGEST = 100
_LACKING = (State.MISSING, State.WAITING, State.LEAVES)
_HERS = frozenset({Role.ORGANISATION.value})
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@page(_HERS, "GET", "POST")
def own(request: HttpRequest, term: int) -> HttpResponse:
    """The page; a report by POST."""
    found = term_of(request, term)
    if request.method != "POST":
        return _own(request, found)
    try:
        reports.make(found, request.POST.get("slag", ""), request.POST.dict(), actor(request))
    except RefusedReportError as refusal:
        return _own(request, found, str(refusal), 422)
    return HttpResponseRedirect(f"/terminer/{found.id}/forvaltning#anmalningar")


@page(_HERS, "POST")
def own_link(request: HttpRequest, term: int) -> HttpResponse:
    """«Skapa länk» to the calendar of her own administration, or unit."""
    found, who = term_of(request, term), actor(request)
    kind, owner = ("enhet", who.unit) if who.unit else ("forvaltning", who.organisation)
    try:
        if not _links(request, found):
            subscribing.create(config(), found, who, kind=kind, owner=owner, organisation=who.organisation)
    except UnknownOwnerError:
        return _own(request, found, "Kalendern finns först när någon hos er är med i planen.", 422)
    return HttpResponseRedirect(f"/terminer/{found.id}/forvaltning")


@page(_HERS)
def own_list(request: HttpRequest, term: int) -> HttpResponse:
    """The workbook of her own people."""
    found, who = term_of(request, term), actor(request)
    now = published(found)
    if now is None or who.organisation not in now.plan.figures["organisations"]:
        raise Http404
    data = own_people.workbook(config(), now, who)
    return HttpResponse(data, content_type=_WORKBOOK, headers={"Content-Disposition": f'attachment; filename="{LIST}"'})


@page(COORDINATORS)
def incoming(request: HttpRequest, term: int) -> HttpResponse:
    """What has come in."""
    return _incoming(request, term_of(request, term))


@page(COORDINATORS, "POST")
def answer(request: HttpRequest, term: int, number: int) -> HttpResponse:
    """«Ta in», or «Avvisa» with a word."""
    found = term_of(request, term)
    report = Report.objects.filter(term=found, id=number, state=Report.State.WAITING).first()
    if report is None:
        return _incoming(request, found, "Anmälan är redan besvarad.", 409)
    if request.POST.get("svar") == "avvisa":
        word = request.POST.get("ord", "").strip()
        if not word:
            return _incoming(request, found, "Skriv varför anmälan avvisas, så att förvaltningen får veta det.", 422)
        reports.refuse(config(), report, word, actor(request))
    else:
        try:
            reports.take_in(config(), report, actor(request))
        except RefusedEditError as refusal:
            return _incoming(request, found, "; ".join(finding["text"] for finding in refusal.errors), 422)
        except StaleBaseError as error:
            return _incoming(request, found, error.told(), 409)
    return HttpResponseRedirect(f"/terminer/{found.id}/inkommet")


def _own(request: HttpRequest, term: Term, fault: str = "", status: int = 200) -> HttpResponse:
    who, now = actor(request), published(term)
    if now is None:
        raise Http404
    people, sought = who.people(now.plan), unicodedata.normalize("NFC", request.GET.get("sok", "").strip())[:_LONGEST]
    chosen = people.filter(text__contains=sought.casefold()) if sought else people
    since = own_people.before_of(now)
    lacking = people.filter(reduce(or_, (Q(states__contains=f"|{state}|") for state in _LACKING)))
    content = {
        "rows": Paginator(chosen, _PEOPLE_A_PAGE).get_page(request.GET.get("sida")),
        "sought": sought,
        "all": people.count(),
        "lacking": Paginator(lacking, _LACKING_A_PAGE).get_page(request.GET.get("saknar")),
        "lacking_states": [words.STATES[state] for state in _LACKING],
        "choices": list(people.values_list("hire", "name")),
        "units": sorted(
            (unit for unit in people.order_by().values_list("unit", flat=True).distinct() if unit), key=swedish_order
        ),
        "organisation": now.plan.figures["organisations"].get(who.organisation, who.organisation),
        "now": now,
        "since": since,
        "changes": own_people.changes(now, since, who) if since else (),
        "links": [_row(row) for row in _links(request, term)],
        "reports": Paginator(reports.of(term, who), _REPORTS_A_PAGE).get_page(request.GET.get("anmalningar")),
        "fields": reports.FIELDS,
        "days": reports.DAYS,
        "fault": fault,
    }
    return shown(request, "administration.html", content, term=term, status=status)


def _row(row: Subscription) -> Mapping[str, str]:
    address = subscribing.address(config(), row)
    return {"address": address, "webcal": f"webcal://{address.partition('://')[2]}"}


def _links(request: HttpRequest, term: Term) -> list[Subscription]:
    kind = "enhet" if actor(request).unit else "forvaltning"
    return list(actor(request).subscriptions().filter(term=term, kind=kind, revoked=None)[:1])


def _incoming(request: HttpRequest, term: Term, fault: str = "", status: int = 200) -> HttpResponse:
    rows = Paginator(reports.of(term, actor(request)), _REPORTS_A_PAGE).get_page(request.GET.get("sida"))
    return shown(
        request, "incoming.html", {"rows": rows, "fields": reports.SHOWN, "fault": fault}, term=term, status=status
    )
