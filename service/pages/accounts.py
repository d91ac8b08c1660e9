"""Konton: accounts and keys, made and closed by an administrator."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from service import rights
from service.access import ADMINISTRATORS
from service.config import RefusedStartError
from service.models import Account, ApiKey, Role
from service.pages.page import actor, config, page, shown

_A_PAGE = 50
_KINDS: Mapping[str, type[Account] | type[ApiKey]] = {"konto": Account, "nyckel": ApiKey}
_CALLED = {"role": "Roll", "organisation": "Förvaltningens id", "unit": "Enhet"}
"""The fields of the form, as it names them."""


@page(ADMINISTRATORS, "GET", "POST")
def accounts(request: HttpRequest) -> HttpResponse:
    """The lists; a new account or key by POST, whose first password or key is shown this once."""
    if request.method != "POST":
        return _shown(request)
    kind = _KINDS.get(request.POST.get("slag", ""), Account)
    values = {
        "role": request.POST.get("roll", ""),
        "organisation": request.POST.get("forvaltning", "").strip(),
        "unit": request.POST.get("enhet", "").strip(),
        "email": request.POST.get("e-post", ""),
    }
    name = request.POST.get("namn", "").strip()
    try:
        fields = rights.checked(kind, name, values, _CALLED)
    except RefusedStartError as refusal:
        return _shown(request, str(refusal), status=422)
    if kind is ApiKey:
        return _shown(request, made=f"Nyckeln {name}", told=rights.make_key(fields, actor(request).name))
    password = secrets.token_urlsafe(15)
    rights.make_account(fields, password, actor(request).name)
    return _shown(request, made=f"Lösenordet för {name}", told=password)


@page(ADMINISTRATORS, "POST")
def close(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    """It is of no use any more; the last administrator cannot close herself out."""
    found = _KINDS[kind].objects.filter(id=number, active=True).first()
    if found is None:
        return _shown(request, "Kontot eller nyckeln finns inte, eller är redan stängd.", status=404)
    administrators = Account.objects.filter(role=Role.ADMINISTRATOR, active=True)
    if kind == "konto" and config().shared and found.role == Role.ADMINISTRATOR and administrators.count() == 1:
        return _shown(request, "Det här är den enda administratören. Skapa en annan först.", status=409)
    rights.close(_KINDS[kind], found.name, actor(request).name)
    return HttpResponseRedirect("/konton")


def _shown(request: HttpRequest, fault: str = "", *, made: str = "", told: str = "", status: int = 200) -> HttpResponse:
    content = {
        "lists": [
            (
                title,
                kind,
                Paginator(_KINDS[kind]._default_manager.order_by("-active", "name"), _A_PAGE).get_page(
                    request.GET.get(kind)
                ),
            )
            for title, kind in (("Konton", "konto"), ("Nycklar för program", "nyckel"))
        ],
        "roles": Role.choices,
        "fault": fault,
        "made": made,
        "told": told,
    }
    return shown(request, "accounts.html", content, status=status)
