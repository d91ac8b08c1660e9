"""Utskick: the letters of the published plan, shown before they are sent, and downloaded to be sent."""

from __future__ import annotations

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse

from service import letters
from service.access import COORDINATORS, published
from service.models import Plan, Publication
from service.pages.found import term_of
from service.pages.page import actor, config, note, page, shown

_SHOWN = 100


@page(COORDINATORS, "GET", "POST")
def sending(request: HttpRequest, term: int) -> HttpResponse:
    """The letters; as a zip of mails by POST, with a link for each reader."""
    found = term_of(request, term)
    now = published(found)
    if now is None:
        return shown(request, "letters.html", {"now": None}, term=found)
    everything = request.POST.get("vad", request.GET.get("vad", "")) == "allt"
    since = None if everything else letters.published_before(now)
    if request.method == "POST":
        return _downloaded(request, now, since)
    written, nameless = letters.written(letters.sending(config(), now.plan, since))
    content = {
        "now": now,
        "since": since,
        "letters": written[:_SHOWN],
        "all": len(written),
        "silent": [letter for letter in written if letter.email is None][:_SHOWN],
        "nameless": nameless,
        "everything": everything,
    }
    return shown(request, "letters.html", content, term=found)


def _downloaded(request: HttpRequest, now: Publication, since: Plan | None) -> HttpResponse:
    with transaction.atomic():
        link = letters.links(config(), now.term, actor(request))
        of = letters.sending(config(), now.plan, since, link)
        written, nameless = letters.written(of)
        if nameless:
            raise Http404
        data = letters.as_zip(of, written)
        note(actor(request), "utskick hämtat", now.term, f"publicering {now.number}, {len(written)} brev")
    headers = {"Content-Disposition": 'attachment; filename="utskick.zip"'}
    return HttpResponse(data, content_type="application/zip", headers=headers)
