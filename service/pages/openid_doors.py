"""Coming in by OpenID Connect: to the provider, and back again."""

from __future__ import annotations

import sys
from dataclasses import asdict

from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from service import openid
from service.openid import Provider, RefusedLoginError
from service.pages import errors
from service.pages.doors import ask_in, begin_session, onward_of
from service.pages.page import config
from service.session_keys import FEDERATED

_ONWARD = "vidare"
_SECONDS_THERE = 600


def lead_there(request: HttpRequest) -> HttpResponse:
    """To the provider."""
    provider = _provider(request)
    if isinstance(provider, HttpResponse):
        return provider
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
    request.session[_ONWARD] = onward_of(request.GET.get(_ONWARD) or "/")
    request.session.set_expiry(_SECONDS_THERE)
    try:
        return openid.lead_there(provider, request, config().public_address + openid.CALLBACK)
    except RefusedLoginError as refusal:
        return _refused(request, refusal, "Inloggningstjänsten svarar inte. Försök igen om en stund.", 503)


def come_back(request: HttpRequest) -> HttpResponse:
    """From the provider, with a code that tells who it is."""
    provider = _provider(request)
    if isinstance(provider, HttpResponse):
        return provider
    onward = str(request.session.get(_ONWARD) or "/")
    try:
        person = openid.come_back(provider, request)
    except RefusedLoginError as refusal:
        return _refused(request, refusal, "Inloggningen gick inte igenom. Försök igen.", 403)
    if openid.actor_of(provider, person) is None:
        request.session.flush()
        fault = "Du har ingen roll i Terminsplan än. Be den som sköter behörigheter om en."
        return ask_in(request, onward, fault, 403)
    request.session.set_expiry(None)
    begin_session(request, {FEDERATED: asdict(person)})
    return HttpResponseRedirect(onward)


def _provider(request: HttpRequest) -> Provider | HttpResponse:
    """The provider, or the answer where there is none to ask, or nothing to ask it: who is logged in stays so."""
    if request.method not in ("GET", "HEAD"):
        return errors.wrong_method(request, ["GET", "HEAD"])
    if not config().shared:
        return errors.closed(request)
    provider = openid.provider_of(config())
    if provider is not None and request.actor is not None:  # type: ignore[attr-defined]  # set by service.shield.Identify
        return HttpResponseRedirect(onward_of(request.GET.get(_ONWARD) or "/"))
    return provider or errors.not_found(request)


def _refused(request: HttpRequest, refusal: RefusedLoginError, fault: str, status: int) -> HttpResponse:
    """The page says that it did not work, the log on standard error why."""
    sys.stderr.write(f"Inloggning med OpenID Connect nekades: {refusal}\n")
    request.session.flush()
    return ask_in(request, "/", refusal.told or fault, status)
