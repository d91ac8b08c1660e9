"""Coming in and going out: the link that opens once, login, logout, and «Avsluta»."""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping
from functools import cache

from django.contrib.auth.hashers import check_password, make_password
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from service import attempts, doors
from service.access import EVERYBODY
from service.models import Account
from service.openid import provider_of
from service.pages import errors
from service.pages.page import actor, config, note, page, shown
from service.session_keys import ACCOUNT, BEGUN, GENERATION, LOCAL


def come_in(request: HttpRequest, token: str) -> HttpResponse:
    """The one user of this computer; a shared service has no such address."""
    if request.method != "GET":
        return errors.wrong_method(request, ["GET"])
    if config().shared:
        return errors.not_found(request)
    if not doors.use(token):
        return errors.closed(request)
    request.session.cycle_key()
    request.session[LOCAL] = True
    return HttpResponseRedirect("/")


def log_in(request: HttpRequest) -> HttpResponse:
    """Name and password; the same answer whatever was wrong."""
    if request.method not in ("GET", "HEAD", "POST"):
        return errors.wrong_method(request, ["GET", "HEAD", "POST"])
    if not config().shared:
        return errors.closed(request)
    onward = onward_of(request.POST.get("vidare") or request.GET.get("vidare") or "/")
    if request.method != "POST":
        return ask_in(request, onward)
    name, password = request.POST.get("namn", "")[:150], request.POST.get("losenord", "")[:1000]
    if attempts.too_many(name, _address(request)):
        answer = ask_in(request, onward, "För många försök. Vänta en kvart och försök igen.", 429)
        answer.headers["Retry-After"] = str(attempts.WAIT_SECONDS)
        return answer
    account = Account.objects.filter(name=name, active=True).first()
    if not check_password(password, account.password if account else _a_password()) or account is None:
        attempts.failed(name, _address(request))
        return ask_in(request, onward, "Namnet eller lösenordet stämmer inte.", 403)
    begin_session(request, {ACCOUNT: account.id, GENERATION: account.generation})
    return HttpResponseRedirect(onward)


def begin_session(request: HttpRequest, content: Mapping[str, object]) -> None:
    """A session of her own, new at each login."""
    request.session.flush()
    request.session.update({**content, BEGUN: time.time()})


def onward_of(given: str) -> str:
    """Where somebody wanted to go before she was asked to log in; the first page if that is not of this service."""
    return given if given.startswith("/") and url_has_allowed_host_and_scheme(given, allowed_hosts=None) else "/"


@page(EVERYBODY, "POST")
def log_out(request: HttpRequest) -> HttpResponse:
    """The session is ended, not only forgotten by the browser."""
    request.session.flush()
    return HttpResponseRedirect("/logga-in" if config().shared else "/")


@page(EVERYBODY, "POST")
def end(request: HttpRequest) -> HttpResponse:
    """The one user of this computer ends the service."""
    if config().shared:
        return errors.not_found(request)
    note(actor(request), "tjänsten avslutad")
    response = shown(request, "ended.html", {})
    response._resource_closers.append(_tell_parent)  # type: ignore[attr-defined]  # done once it is sent
    return response


def _tell_parent() -> None:
    sys.stdout.write("avsluta\n")
    sys.stdout.flush()


@cache
def _a_password() -> str:
    """What an unknown name is compared with, so that it takes as long as a known one."""
    return make_password("ingen har det här lösenordet")


def ask_in(request: HttpRequest, onward: str, fault: str = "", status: int = 200) -> HttpResponse:
    """The page where one logs in."""
    return render(
        request,
        "login.html",
        {"actor": None, "onward": onward, "fault": fault, "openid": provider_of(config())},
        status=status,
    )


def _address(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))
