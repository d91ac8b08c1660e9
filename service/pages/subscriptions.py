"""Prenumerationer: «Skapa länk», «Byt länk», «Stäng länk»."""

from __future__ import annotations

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from service import subscribing
from service.access import COORDINATORS, published
from service.models import Subscription, Term
from service.pages.found import subscription_of, term_of
from service.pages.page import actor, config, page, shown
from service.subscribing import UnknownOwnerError

_A_PAGE = 25
_MOST_FOUND = 20
KIND_NAMES = {
    "person": "Person",
    "forvaltning": "Förvaltning",
    "enhet": "Enhet",
    "chef": "Chef",
    "omgang": "Omgång",
    "utbildare": "Utbildare",
    "mentor": "Mentor",
}


@page(COORDINATORS, "GET", "POST")
def subscriptions(request: HttpRequest, term: int) -> HttpResponse:
    """The page; a new link by POST."""
    found = term_of(request, term)
    if request.method != "POST":
        return _shown(request, found)
    kind, _, owner = request.POST.get("vem", "").partition(":")
    try:
        made = subscribing.create(config(), found, actor(request), kind=kind, owner=owner)
    except UnknownOwnerError:
        return _shown(request, found, "Välj vem eller vad kalendern gäller i listan.", 422)
    return HttpResponseRedirect(f"/terminer/{found.id}/prenumerationer#lank-{made.id}")


@page(COORDINATORS, "POST")
def change(request: HttpRequest, number: int) -> HttpResponse:
    """«Byt länk»."""
    found = subscription_of(request, number)
    subscribing.change(config(), found, actor(request))
    return HttpResponseRedirect(f"/terminer/{found.term_id}/prenumerationer#lank-{found.id}")


@page(COORDINATORS, "POST")
def revoke(request: HttpRequest, number: int) -> HttpResponse:
    """«Stäng länk»."""
    found = subscription_of(request, number)
    subscribing.revoke(found, actor(request))
    return HttpResponseRedirect(f"/terminer/{found.term_id}/prenumerationer")


def _shown(request: HttpRequest, term: Term, fault: str = "", status: int = 200) -> HttpResponse:
    sought = request.GET.get("sok", "").strip()[:100]
    rows = Subscription.objects.filter(term=term).order_by(F("revoked").asc(nulls_first=True), "-id")
    found = Paginator(rows, _A_PAGE).get_page(request.GET.get("sida"))
    content = {
        "rows": [_row(row) for row in found],
        "found": found,
        "sought": sought,
        "query": urlencode({"sok": sought}) if sought else "",
        "kinds": KIND_NAMES,
        "choices": _choices(term, sought),
        "most": _MOST_FOUND,
        "published": published(term),
        "fault": fault,
    }
    return shown(request, "subscriptions.html", content, term=term, status=status)


def _choices(term: Term, sought: str) -> list[subscribing.Owner]:
    """Whom one may mean by what was typed; the administrations and rounds before anything is."""
    every = subscribing.known_owners(config(), term)
    if not sought:
        return [owner for owner in every if owner.kind != "person"]
    wanted = sought.casefold()
    return [owner for owner in every if wanted in owner.name.casefold() or wanted in owner.id.casefold()]


def _row(row: Subscription) -> dict[str, object]:
    address = None if row.revoked else subscribing.address(config(), row)
    return {
        "row": row,
        "kind": KIND_NAMES.get(row.kind, row.kind),
        "address": address,
        "webcal": None if address is None else f"webcal://{address.partition('://')[2]}",
    }
