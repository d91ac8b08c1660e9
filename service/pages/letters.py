"""Utskick: the letters of the published plan, shown before they
are sent; sent, or downloaded; and what was sent to whom and when.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from outputs.letters.files import addressees, letter_to, without_sender
from outputs.letters.sending import Addressee, Sending
from service import letters, outbox
from service.access import COORDINATORS, published
from service.models import Mail, Publication, Term
from service.pages.found import term_of
from service.pages.page import actor, config, note, page, shown
from service.smtp import server_of

_LETTERS_A_PAGE = 20
_MAILS_A_PAGE = 50
_SILENT_A_PAGE = 100
_ALL = "allt"
MOODS: Mapping[str, str] = {
    Mail.State.SENT: "good",
    Mail.State.FAILED: "bad",
    Mail.State.UNCERTAIN: "bad",
    Mail.State.DROPPED: "plain",
}


@dataclass(frozen=True)
class _Asked:
    """Which letters: of the published plan, in full or since an earlier publication."""

    now: Publication
    since: Publication | None

    @property
    def sending(self) -> Sending:
        return letters.sending(config(), self.now.plan, self.since.plan if self.since else None)


@page(COORDINATORS, "GET", "POST")
def sending(request: HttpRequest, term: int) -> HttpResponse:
    """The page; the letters as a zip of mails by POST, with a link for each reader."""
    found = term_of(request, term)
    asked = _asked(request, found)
    if request.method != "POST":
        return _shown(request, found, asked)
    if asked is None:
        raise Http404
    if without_sender(addressees(asked.sending)):
        return _shown(request, found, asked, status=409)
    with transaction.atomic():
        data = letters.as_zip(asked.sending, letters.links(config(), found, actor(request)))
        note(actor(request), "utskick hämtat", found, f"publicering {asked.now.number}")
    headers = {"Content-Disposition": 'attachment; filename="utskick.zip"'}
    return HttpResponse(data, content_type="application/zip", headers=headers)


@page(COORDINATORS, "POST")
def send(request: HttpRequest, term: int) -> HttpResponse:
    """«Skicka»: the letters that were shown wait in the outbox;
    those that were put there before are not put there again.
    """
    found = term_of(request, term)
    asked = _asked(request, found)
    if asked is None:
        raise Http404
    if server_of(config()) is None:
        return _shown(request, found, asked, "E-post är inte inställd. Hämta breven och skicka dem själv.", 409)
    if str(asked.now.number) != request.POST.get("publicering"):
        fault = f"Plan {asked.now.plan.number} publicerades av {asked.now.by} medan du läste. Här är breven om den."
        return _shown(request, found, asked, fault, 409)
    to = addressees(asked.sending)
    if without_sender(to):
        return _shown(request, found, asked, status=409)
    outbox.put_letters(asked.now, asked.since, to, actor(request))
    return _back(found, asked.since, request.POST.get("sedan", ""))


@page(COORDINATORS, "POST")
def again(request: HttpRequest, term: int) -> HttpResponse:
    """«Skicka igen»: one mail, or all that failed."""
    found = term_of(request, term)
    number = request.POST.get("brev", "")
    one = outbox.of(found).filter(id=number if number.isdecimal() and len(number) < 10 else 0)
    chosen = one if number else outbox.failed(found)
    outbox.again(chosen, actor(request), found)
    return _back(found)


@page(COORDINATORS, "POST")
def drop(request: HttpRequest, term: int) -> HttpResponse:
    """«Stryk de som väntar»."""
    found = term_of(request, term)
    outbox.drop(found, actor(request))
    return _back(found)


@page(COORDINATORS, "POST")
def release(request: HttpRequest, term: int) -> HttpResponse:
    """«Släpp utskicken»: after a copy was read back."""
    found = term_of(request, term)
    outbox.release(actor(request))
    return _back(found)


def _back(term: Term, since: Publication | None = None, told: str = "") -> HttpResponse:
    asked = _ALL if told == _ALL else str(since.number) if since else ""
    query = f"?{urlencode({'sedan': asked})}" if asked else ""
    return HttpResponseRedirect(f"/terminer/{term.id}/utskick{query}#utkorg")


def _asked(request: HttpRequest, term: Term) -> _Asked | None:
    """None before the first publication. Raises Http404 for an earlier publication that is none."""
    now = published(term)
    if now is None:
        return None
    told = request.POST.get("sedan", request.GET.get("sedan", ""))
    if told == _ALL:
        return _Asked(now, None)
    if not told:
        return _Asked(now, letters.told_before(now))
    earlier = _earlier(now).filter(number=told).first() if told.isdecimal() and len(told) < 10 else None
    if earlier is None:
        raise Http404
    return _Asked(now, earlier)


def _earlier(now: Publication) -> QuerySet[Publication]:
    earlier = Publication.objects.filter(term_id=now.term_id, number__lt=now.number)
    return earlier.select_related("plan").order_by("-number")


def _shown(request: HttpRequest, term: Term, asked: _Asked | None, fault: str = "", status: int = 200) -> HttpResponse:
    content: dict[str, object] = {"now": None, "fault": fault, **_outbox(request, term)}
    if asked is not None:
        content |= _letters(request, asked)
    return shown(request, "letters.html", content, term=term, status=status)


def _letters(request: HttpRequest, asked: _Asked) -> dict[str, object]:
    of = asked.sending
    to = addressees(of)
    found = Paginator(to, _LETTERS_A_PAGE).get_page(request.GET.get("sida"))
    shown_now, looked_at = list(found.object_list), of.looked_at()
    states = _states(asked, shown_now)
    silent = [one.name for one in to if one.email is None]
    return {
        "now": asked.now,
        "since": asked.since,
        "chosen": str(asked.since.number) if asked.since else _ALL,
        "earlier": list(_earlier(asked.now)),
        "found": found,
        "letters": [(letter_to(looked_at, one), states.get((one.kind, one.owner))) for one in shown_now],
        "all": len(to),
        "unsent": len(to) - len(silent) - _put(asked).count(),
        "silent": Paginator(silent, _SILENT_A_PAGE).get_page(request.GET.get("utan")),
        "nameless": without_sender(to),
    }


def _states(asked: _Asked, to: Sequence[Addressee]) -> dict[tuple[str, str], Mail]:
    """Where the letters stand that were put into the outbox."""
    rows = _put(asked).filter(owner__in={one.owner for one in to})
    return {(row.kind, row.owner): row for row in rows}


def _put(asked: _Asked) -> QuerySet[Mail]:
    """The letters that are in the outbox already."""
    return Mail.objects.filter(publication=asked.now, what=Mail.What.LETTER, since=asked.since)


def _outbox(request: HttpRequest, term: Term) -> dict[str, object]:
    numbers = outbox.counts(term)
    return {
        "server": server_of(config()),
        "held": outbox.held(),
        "mails": Paginator(outbox.of(term), _MAILS_A_PAGE).get_page(request.GET.get("utkorg")),
        "counts": [(state, numbers[state.value]) for state in Mail.State if state.value in numbers],
        "waiting": numbers.get(Mail.State.WAITING, 0),
        "failed": outbox.failed(term).exists(),
        "moods": MOODS,
    }
