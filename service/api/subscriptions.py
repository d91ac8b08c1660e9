"""``/terms/{id}/subscriptions`` and ``/subscriptions/{id}``."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from service import subscribing
from service.access import EVERYBODY, Actor
from service.api.door import Allowed, answer, endpoint, members, text
from service.api.problems import ProblemError
from service.api.terms import find
from service.subscribing import UnknownOwnerError


def _new(request: HttpRequest, actor: Actor, term: int) -> HttpResponse:
    found = find(actor, term)
    content = members(request)
    owner = text(content, "id")
    organisation = text(content, "forvaltning") if content.get("forvaltning") is not None else ""
    try:
        made = subscribing.create(
            settings.CONFIG, found, actor, kind=text(content, "kind"), owner=owner, organisation=organisation
        )
    except UnknownOwnerError as error:
        raise ProblemError(422, "Det finns ingen sådan kalender i terminen.") from error
    return answer({"id": made.id, "url": subscribing.address(settings.CONFIG, made)}, 201)


def _revoke(request: HttpRequest, actor: Actor, subscription: int) -> HttpResponse:
    found = actor.subscriptions().filter(id=subscription).first()
    if found is None:
        raise Http404
    subscribing.revoke(found, actor)
    return HttpResponse(status=204)


subscriptions = endpoint(POST=Allowed(_new, EVERYBODY))
subscription = endpoint(DELETE=Allowed(_revoke, EVERYBODY))
