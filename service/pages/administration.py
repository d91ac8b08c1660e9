"""Förvaltningens sida: her own people of the published plan, and what she reports; for the coordinator, what has come in."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from outputs.filenames import file_stems
from outputs.files.administrations import FOLDER, LIST
from service import reports, subscribing
from service.access import COORDINATORS, published
from service.inputs_of_terms import StaleBaseError
from service.models import Report, Role, Subscription, Term
from service.pages.found import term_of
from service.pages.page import actor, config, page, shown
from service.reports import RefusedReportError
from service.row_edits import RefusedEditError

_PEOPLE_A_PAGE = 50
_REPORTS_A_PAGE = 25
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
    if not _links(request, found):
        subscribing.create(config(), found, who, kind=kind, owner=owner, organisation=who.organisation)
    return HttpResponseRedirect(f"/terminer/{found.id}/forvaltning")


@page(_HERS)
def own_list(request: HttpRequest, term: int) -> HttpResponse:
    """The workbook of her own people, as the command writes it for her administration."""
    found, who = term_of(request, term), actor(request)
    now = published(found)
    if now is None or who.unit:
        raise Http404
    stem = file_stems(now.plan.figures["organisations"])[who.organisation]
    data = (config().plans / now.plan.folder / FOLDER / stem / LIST).read_bytes()
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
    people = who.people(now.plan)
    content = {
        "rows": Paginator(people, _PEOPLE_A_PAGE).get_page(request.GET.get("sida")),
        "choices": list(people.values_list("hire", "name")),
        "organisation": now.plan.figures["organisations"].get(who.organisation, who.organisation),
        "now": now,
        "links": [subscribing.address(config(), row) for row in _links(request, term)],
        "reports": reports.of(term, who)[:_REPORTS_A_PAGE],
        "fields": reports.FIELDS,
        "days": reports.DAYS,
        "fault": fault,
    }
    return shown(request, "administration.html", content, term=term, status=status)


def _links(request: HttpRequest, term: Term) -> list[Subscription]:
    kind = "enhet" if actor(request).unit else "forvaltning"
    return list(actor(request).subscriptions().filter(term=term, kind=kind, revoked=None)[:1])


def _incoming(request: HttpRequest, term: Term, fault: str = "", status: int = 200) -> HttpResponse:
    rows = Paginator(reports.of(term, actor(request)), _REPORTS_A_PAGE).get_page(request.GET.get("sida"))
    return shown(
        request, "incoming.html", {"rows": rows, "fields": reports.SHOWN, "fault": fault}, term=term, status=status
    )
