"""Logg: who did what, when; ids, no names of hires."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse

from service.access import ADMINISTRATORS
from service.models import AuditEntry
from service.pages.page import page, shown

_A_PAGE = 50


@page(ADMINISTRATORS)
def log(request: HttpRequest) -> HttpResponse:
    """The newest first."""
    rows = AuditEntry.objects.select_related("term").order_by("-id")
    return shown(request, "log.html", {"rows": Paginator(rows, _A_PAGE).get_page(request.GET.get("sida"))})
