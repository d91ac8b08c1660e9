"""Pages by secret link: Min introduktion, a mentor's page, a trainer's
sessions and their attendance. No account, no cookie to look.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import timedelta
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from models.ids import Responsible
from outputs.events.identity import MENTOR, PERSON, TRAINER
from outputs.tasks.company import is_for
from outputs.tasks.dates import DatedTask
from service import attending, inputs_of_terms, own_pages, reports, session_seats, ticks
from service.access import published
from service.clock import today
from service.models import OwnPage, Plan
from service.own_pages import DAYS_OF_ATTENDANCE, DAYS_OPEN, KINDS, PREFIX
from service.pages import attendance, errors
from service.pages.attendance import NobodyError, Sheet
from service.pages.page import View, config
from service.plan_contents import PlanContents, contents_of
from service.reports import RefusedReportError
from service.session_seats import SessionSeats

OwnView = Callable[[HttpRequest, OwnPage, Plan], HttpResponse]
BY_ROLE: Mapping[str, str] = {PERSON: "nyanställd", MENTOR: "mentor"}
"""As who a tick is kept."""


def door(kinds: Collection[str], *methods: str) -> Callable[[OwnView], View]:
    """A view for whoever holds a link of one of these kinds; for others there is no such page."""
    allowed = (*methods, "HEAD") if "GET" in methods else methods

    def decorate(view: OwnView) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, secret: str) -> HttpResponse:
            if request.method not in allowed:
                return errors.wrong_method(request, allowed)
            found = own_pages.find(secret)
            if found is None or (found.page is not None and found.page.kind not in kinds):
                return errors.not_found(request)
            if found.page is None or found.gone:
                return errors.gone(request)
            now = published(found.page.term)
            if now is None:
                return _waiting(request, found.page)
            if today() > own_pages.closes(config(), found.page, now.plan):
                return errors.gone(request, _closed(found.page))
            return view(request, found.page, now.plan)

        return guarded

    return decorate


@door(KINDS, "GET")
def own(request: HttpRequest, page: OwnPage, plan: Plan) -> HttpResponse:
    """Whatever the link leads to."""
    return _SHOWN[page.kind](request, page, plan)


@door((PERSON, MENTOR), "POST")
def done(request: HttpRequest, page: OwnPage, plan: Plan) -> HttpResponse:
    """«Spara»: what is ticked, and what is no longer."""
    given = ticks.Given(*(frozenset(request.POST.getlist(name)) for name in ("visad", "var", "klar")))
    ticks.save(page.term, _hers(page, contents_of(config(), plan)), given, own_pages.actor_of(page), BY_ROLE[page.kind])
    return HttpResponseRedirect(f"{own_address(request)}?sparat=ja")


@door((PERSON,), "POST")
def cannot_come(request: HttpRequest, page: OwnPage, plan: Plan) -> HttpResponse:
    """«Jag kan inte komma»: it waits for the coordinator."""
    chosen = request.POST.get("tillfälle", "")
    session = next((one for one in _to_come(page, plan) if one.id == chosen), None)
    try:
        if session is None:
            raise RefusedReportError("Välj ett tillfälle i listan.")
        hire = contents_of(config(), plan).problem.hire_by_id[page.owner]
        reports.cannot_come(page.term, hire, session, own_pages.actor_of(page))
    except RefusedReportError as refusal:
        return _introduction(request, page, plan, str(refusal), 422)
    return HttpResponseRedirect(f"{own_address(request)}#hinder")


@door((TRAINER,), "GET", "POST")
def own_attendance(request: HttpRequest, page: OwnPage, plan: Plan) -> HttpResponse:
    """Attendance of one of her own sessions, from its day on until 14 days after it."""
    wanted = request.GET.get("id", "")
    session = next((one for one in own_pages.sessions_of(config(), page, plan) if one.id == wanted), None)
    if session is None:
        raise Http404
    if today() > session.day + timedelta(days=DAYS_OF_ATTENDANCE):
        return errors.gone(
            request, f"Närvaron kunde fyllas i till och med {DAYS_OF_ATTENDANCE} dagar efter tillfället."
        )
    opened, names = session.day <= today(), session_seats.names(plan)

    def by_name(given: str) -> str:
        found = [hire for hire, name in names.items() if _bare(given) in (_bare(name), _bare(_less_id(name, hire)))]
        if len(found) != 1:
            raise NobodyError(_NOBODY if not found else _SEVERAL)
        return found[0]

    by, word = own_pages.actor_of(page), f"Närvaro vid {session.id}, av {page.name}"
    sheet = Sheet(page.term, session, names, by_name, False, by, word)
    if request.method == "POST" and not opened:
        refused: dict[str, Any] | None = attendance.form(sheet, "Tillfället har inte hållits än.", status=409)
    elif request.method == "POST":
        refused = attendance.saved(request, sheet)
    else:
        refused = attendance.form(sheet)
    if refused is None:
        return HttpResponseRedirect(f"{own_address(request)}?sparat=ja")
    content = {**refused, "opened": opened, "closes": session.day + timedelta(days=DAYS_OF_ATTENDANCE)}
    return _rendered(request, page, "own_attendance.html", content, refused["status"])


_NOBODY = "Ingen i terminen heter så. Skriv hela namnet, eller säg till samordnaren om den som kom."
_SEVERAL = "Flera i terminen heter så. Säg till samordnaren, som kan lägga till rätt person."


def own_address(request: HttpRequest) -> str:
    """The page that the address is of: what follows the secret left out."""
    return PREFIX + request.path.removeprefix(PREFIX).partition("/")[0]


def _introduction(request: HttpRequest, page: OwnPage, plan: Plan, fault: str = "", status: int = 200) -> HttpResponse:
    contents = contents_of(config(), plan)
    content = {
        "introduction": contents.introduction(page.owner),
        "tasks": contents.tasks_of(page.owner),
        "ticks": ticks.of(page.term, [page.owner]),
        "to_come": _to_come(page, plan),
        "reports": reports.of_hire(page.term, page.owner),
        "closes": own_pages.closes(config(), page, plan),
        "fault": fault,
    }
    return _rendered(request, page, "own_introduction.html", content, status)


def _mentor(request: HttpRequest, page: OwnPage, plan: Plan) -> HttpResponse:
    contents = contents_of(config(), plan)
    hires = contents.hires_of(page.owner)
    content = {
        "duties": contents.duties(page.owner),
        "people": [contents.introduction(hire.id) for hire in hires],
        "ticks": ticks.of(page.term, [hire.id for hire in hires]),
        "closes": own_pages.closes(config(), page, plan),
    }
    return _rendered(request, page, "own_mentor.html", content)


def _trainer(request: HttpRequest, page: OwnPage, plan: Plan) -> HttpResponse:
    open_days = timedelta(days=DAYS_OF_ATTENDANCE)
    rows = own_pages.sessions_of(config(), page, plan)
    closed = [row for row in rows if row.day + open_days < today()]
    content = {
        "rows": [*(row for row in rows if row not in closed), *reversed(closed)],
        "told": attending.told(config(), inputs_of_terms.newest(page.term)),
        "today": today(),
        "days": open_days,
    }
    return _rendered(request, page, "own_sessions.html", content)


_SHOWN: Mapping[str, OwnView] = {PERSON: _introduction, MENTOR: _mentor, TRAINER: _trainer}


def _hers(page: OwnPage, contents: PlanContents) -> list[DatedTask]:
    """The tasks whose boxes she has: a hire all of her own, a mentor those of her hires that mentors see to."""
    if page.kind == PERSON:
        return list(contents.tasks_of(page.owner))
    tasks = (task for hire in contents.hires_of(page.owner) for task in contents.tasks_of(hire.id))
    return [task for task in tasks if is_for(task.task, Responsible.MENTOR)]


def _to_come(page: OwnPage, plan: Plan) -> list[SessionSeats]:
    """A hire's sessions from today on."""
    sessions = session_seats.of_plan(config(), plan).values()
    return [session for session in sessions if page.owner in session.people and session.day >= today()]


def _waiting(request: HttpRequest, page: OwnPage) -> HttpResponse:
    return _rendered(request, page, "own_waiting.html", {}, 200 if request.method in ("GET", "HEAD") else 409)


def _closed(page: OwnPage) -> str:
    days = DAYS_OF_ATTENDANCE if page.kind == TRAINER else DAYS_OPEN
    what = "ditt sista tillfälle" if page.kind == TRAINER else "det sista i introduktionen"
    return f"Sidan stängdes {days} dagar efter {what}."


def _rendered(
    request: HttpRequest, page: OwnPage, template: str, content: Mapping[str, Any], status: int = 200
) -> HttpResponse:
    """Within the frame, without a menu: nobody is logged in here."""
    frame = {"actor": None, "term": page.term, "shared": True, "path": "", "page": page, "title": KINDS[page.kind]}
    more = {"address": own_address(request), "saved": request.GET.get("sparat") == "ja"}
    return render(request, template, {**frame, **more, **content}, status=status)


def _less_id(name: str, hire: str) -> str:
    """The name alone, of one that is told apart by its id."""
    return name.removesuffix(f" ({hire})")


def _bare(name: str) -> str:
    return " ".join(name.casefold().split())
