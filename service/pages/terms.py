"""Terminer: one row a term with its state, and «Ny termin»."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Prefetch
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from outputs import template
from scheduler.answers.next_term import carry_over
from service import inputs_of_terms
from service.access import EVERYBODY, published
from service.models import InputVersion, Job, Plan, Publication, Term
from service.pages.page import actor, config, note, page, shown
from service.reading.upload import read_file
from terminsplan import examples
from terminsplan.store import open_plan

_A_PAGE = 25
_LONGEST = 200


@page(EVERYBODY, "GET", "POST")
def terms(request: HttpRequest) -> HttpResponse:
    """The list; a new one by POST, which coordinators alone may."""
    if request.method == "POST" and actor(request).coordinates:
        return _new(request)
    return _listed(request)


def _listed(request: HttpRequest, fault: str = "", status: int = 200) -> HttpResponse:
    newest = InputVersion.objects.order_by("-number")
    rows = (
        actor(request)
        .terms()
        .prefetch_related(
            Prefetch("versions", newest.only("term_id", "number", "made", "plannable")),
            Prefetch("publications", Publication.objects.order_by("-number")),
        )
        .annotate(
            planned=Exists(Plan.objects.filter(term=OuterRef("id"))),
            working=Exists(Job.objects.filter(term=OuterRef("id"), state__in=(Job.State.QUEUED, Job.State.RUNNING))),
        )
    )
    found = Paginator(rows, _A_PAGE).get_page(request.GET.get("sida"))
    content = {
        "rows": [_row(term) for term in found],
        "found": found,
        "examples": examples.with_hires(),
        "fault": fault,
    }
    return shown(request, "terms.html", content, status=status)


def _row(term: Term) -> dict[str, object]:
    versions, publications = list(term.versions.all()), list(term.publications.all())
    planned = term.planned  # type: ignore[attr-defined]  # annotated above
    working = term.working  # type: ignore[attr-defined]
    if working:
        state, mood = "Planeras just nu", "wait"
    elif publications:
        state, mood = "Publicerad", "good"
    elif planned:
        state, mood = "Utkast finns", "wait"
    elif versions:
        state, mood = ("Klar att planera", "plain") if versions[0].plannable else ("Underlaget har fel", "bad")
    else:
        state, mood = "Underlag saknas", "plain"
    return {
        "term": term,
        "state": state,
        "mood": mood,
        "published": publications[0].made if publications else None,
        "version": versions[0] if versions else None,
    }


def _new(request: HttpRequest) -> HttpResponse:
    name = " ".join(request.POST.get("namn", "").split())
    if not name or len(name) > _LONGEST:
        return _listed(request, "Ge terminen ett namn, som HT 2026 (högst 200 tecken).", 422)
    start = request.POST.get("borja", "tom")
    write: tuple[str, Callable[[Path], object]] | None = None
    upload = request.FILES.get("fil")
    if start == "fil" and upload is None:
        return _listed(request, "Välj en arbetsbok eller en zip-fil att börja med.", 422)
    if start == "fil" and upload is not None:
        write = (upload.name or "", lambda place: inputs_of_terms.write_upload(upload, place))
    elif start == "exempel":
        if request.POST.get("exempel") not in examples.with_hires():
            return _listed(request, "Välj ett exempel i listan.", 422)
        data = examples.workbook(str(request.POST["exempel"]))
        write = (".xlsx", lambda place: place.write_bytes(data))
    elif start == "forra":
        last = _last_published(request)
        if last is None:
            return _listed(request, "Det finns ingen publicerad plan att fortsätta från.", 422)
        stored = open_plan(config().plans / last.folder)
        rows = template.workbook(template.rows_of(carry_over(stored.problem, stored.plan)))
        write = (".xlsx", lambda place: place.write_bytes(rows))
    read = read_file(config(), *write) if write else None
    if read is not None and not (read.readable and read.may_be_kept):
        fault = f"Filen kunde inte tas emot: {read.found['errors'][0]['text']}"
        read.discard()
        return _listed(request, fault, 422)
    term = Term.objects.create(name=name)
    note(actor(request), "ny termin", term)
    if read is not None:
        inputs_of_terms.keep(config(), term, read, actor(request), word="Terminens första underlag")
    return HttpResponseRedirect(f"/terminer/{term.id}/underlag")


def _last_published(request: HttpRequest) -> Plan | None:
    """The plan of the newest term that has one published."""
    newest = actor(request).terms().filter(publications__isnull=False).order_by("-id").first()
    now = published(newest) if newest else None
    return now.plan if now else None
