"""``/terms`` and ``/terms/{id}/publications``."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from service.access import COORDINATORS, EVERYBODY, Actor
from service.api.door import Allowed, answer, endpoint, members, text
from service.models import AuditEntry, Publication, Term

_MOST = 1000


def find(actor: Actor, term: int) -> Term:
    """A term that is hers; raises Http404."""
    found = actor.terms().filter(id=term).first()
    if found is None:
        raise Http404
    return found


def _all(request: HttpRequest, actor: Actor) -> HttpResponse:
    return answer([{"id": term.id, "name": term.name} for term in actor.terms()[:_MOST]])


def _new(request: HttpRequest, actor: Actor) -> HttpResponse:
    term = Term.objects.create(name=" ".join(text(members(request), "name", 200).split()))
    AuditEntry.objects.create(by=actor.name, what="ny termin", term=term)
    return answer({"id": term.id}, 201)


def _publications(request: HttpRequest, actor: Actor, term: int) -> HttpResponse:
    rows = Publication.objects.filter(term=find(actor, term))
    return answer([{"publication": row.id, "plan": row.plan_id, "made": row.made.isoformat()} for row in rows])


terms = endpoint(GET=Allowed(_all, EVERYBODY), POST=Allowed(_new, COORDINATORS))
publications = endpoint(GET=Allowed(_publications, COORDINATORS))
