"""Prenumerationer: «Skapa länk», «Byt länk», «Stäng länk»,
of calendars and of the pages of hires, mentors and trainers.
"""

from __future__ import annotations

import unicodedata
from typing import TypeVar

from django.core.paginator import Paginator
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from outputs.events.identity import PERSON
from service import own_pages, subscribing
from service.access import COORDINATORS, published
from service.models import OwnPage, Subscription, Term
from service.pages.found import own_page_of, subscription_of, term_of
from service.pages.page import actor, config, page, shown
from service.subscribing import Owner, UnknownOwnerError

_A_PAGE = 25
_MOST_CHOICES = 200
TO_PAGE = "sida"
_NO_CALENDAR = "Välj vem eller vad kalendern gäller i listan."
_NO_PAGE = "En egen sida finns för personer, mentorer och utbildare. Välj en av dem i listan."
_Row = TypeVar("_Row", Subscription, OwnPage)
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
    to_page = request.POST.get("till") == TO_PAGE
    try:
        if to_page:
            page_made = own_pages.create(config(), found, actor(request), kind=kind, owner=owner)
            return HttpResponseRedirect(_address(found.id, "sida", page_made.id))
        made = subscribing.create(config(), found, actor(request), kind=kind, owner=owner)
    except UnknownOwnerError:
        return _shown(request, found, _NO_PAGE if to_page else _NO_CALENDAR, 422)
    return HttpResponseRedirect(_address(found.id, "lank", made.id))


@page(COORDINATORS, "POST")
def change(request: HttpRequest, number: int) -> HttpResponse:
    """«Byt länk»."""
    found = subscription_of(request, number)
    subscribing.change(config(), found, actor(request))
    return HttpResponseRedirect(_address(found.term_id, "lank", found.id))


@page(COORDINATORS, "POST")
def revoke(request: HttpRequest, number: int) -> HttpResponse:
    """«Stäng länk»."""
    found = subscription_of(request, number)
    subscribing.revoke(found, actor(request))
    return HttpResponseRedirect(f"/terminer/{found.term_id}/prenumerationer")


@page(COORDINATORS, "POST")
def change_page(request: HttpRequest, number: int) -> HttpResponse:
    """«Byt länk» of somebody's own page."""
    found = own_page_of(request, number)
    subscribing.change(config(), found, actor(request))
    return HttpResponseRedirect(_address(found.term_id, "sida", found.id))


@page(COORDINATORS, "POST")
def revoke_page(request: HttpRequest, number: int) -> HttpResponse:
    """«Stäng länk» of somebody's own page."""
    found = own_page_of(request, number)
    subscribing.revoke(found, actor(request))
    return HttpResponseRedirect(f"/terminer/{found.term_id}/prenumerationer#sidor")


def _address(term: int, what: str, number: int) -> str:
    """Of the page with the link on it: the newest stand first."""
    return f"/terminer/{term}/prenumerationer#{what}-{number}"


def _shown(request: HttpRequest, term: Term, fault: str = "", status: int = 200) -> HttpResponse:
    sought = request.GET.get("sok", "").strip()[:100]
    choices = _choices(term, sought)
    found = Paginator(_of_sought(Subscription.objects.filter(term=term), sought), _A_PAGE)
    pages = Paginator(_of_sought(OwnPage.objects.filter(term=term), sought), _A_PAGE)
    rows, page_rows = found.get_page(request.GET.get("sida")), pages.get_page(request.GET.get("sidor"))
    content = {
        "rows": [_row(row) for row in rows],
        "found": rows,
        "pages": [_page_row(row) for row in page_rows],
        "found_pages": page_rows,
        "sought": sought,
        "kinds": KIND_NAMES,
        "choices": choices[:_MOST_CHOICES],
        "all_choices": len(choices),
        "days": (own_pages.DAYS_OPEN, own_pages.DAYS_OF_ATTENDANCE),
        "published": published(term),
        "just_published": request.GET.get("publicerad") == "ja",
        "fault": fault,
    }
    return shown(request, "subscriptions.html", content, term=term, status=status)


def _choices(term: Term, sought: str) -> list[Owner]:
    """Whom one may mean by what was typed; before anything is,
    all, less the hires where there are too many to choose among.

    Trainers of no table have a page and no calendar.
    """
    calendars = subscribing.known_owners(config(), term)
    known = {(owner.kind, owner.id) for owner in calendars}
    more = [owner for owner in own_pages.known_owners(config(), term) if (owner.kind, owner.id) not in known]
    every = [*calendars, *more]
    if not sought and len(every) > _MOST_CHOICES:
        return [owner for owner in every if owner.kind != PERSON]
    wanted = unicodedata.normalize("NFC", sought).casefold()
    return [owner for owner in every if wanted in owner.name.casefold() or wanted in owner.id.casefold()]


def _of_sought(rows: QuerySet[_Row], sought: str) -> QuerySet[_Row]:
    """The open ones first, the newest first among them; of whom was
    sought alone. SQLite does not know that Å is å: sought for here.
    """
    if sought:
        wanted = sought.casefold()
        named = rows.values_list("id", "name", "owner")
        rows = rows.filter(id__in=[id_ for id_, *words in named if any(wanted in word.casefold() for word in words)])
    return rows.order_by(F("revoked").asc(nulls_first=True), "-id")


def _row(row: Subscription) -> dict[str, object]:
    address = None if row.revoked else subscribing.address(config(), row)
    return {
        "row": row,
        "kind": KIND_NAMES.get(row.kind, row.kind),
        "address": address,
        "webcal": None if address is None else f"webcal://{address.partition('://')[2]}",
    }


def _page_row(row: OwnPage) -> dict[str, object]:
    address = None if row.revoked else own_pages.address(config(), row)
    return {"row": row, "kind": own_pages.KINDS[row.kind], "address": address}
