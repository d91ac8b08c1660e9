"""Pages of hires, mentors and trainers, reached by a secret link: made, told again, found, and when they close."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from models.problem import TermProblem
from outputs.events.identity import MENTOR, PERSON, TRAINER
from service import session_seats, subscribing
from service.access import Actor
from service.config import Config
from service.models import OwnPage, PageLink, Plan, Term
from service.plan_contents import contents_of
from service.secrets_of_links import digest, secret
from service.session_seats import SessionSeats
from service.subscribing import Owner, UnknownOwnerError

PREFIX = "/min/"
KINDS: Mapping[str, str] = {
    PERSON: "Min introduktion",
    MENTOR: "Mentorns sida",
    TRAINER: "Utbildarens närvaro",
}
"""By kind of owner, what her page is called."""
DAYS_OPEN = 30
"""So long after the last event pages of hires and mentors are open."""
DAYS_OF_ATTENDANCE = 14
"""So long after a session its trainer may tell who was there."""


@dataclass(frozen=True)
class Found:
    """The page behind a secret. ``gone``: it was closed, or its term thrown away."""

    page: OwnPage | None
    gone: bool


def owners(problem: TermProblem) -> Iterator[Owner]:
    """All who may have a page. Trainers who stand in no table are known by their name in the sessions."""
    for hire in problem.hires:
        yield Owner(PERSON, hire.id, hire.name, hire.organisation, hire.unit or "")
    for mentor in problem.mentors:
        yield Owner(MENTOR, mentor.id, mentor.name)
    for trainer in problem.trainers:
        yield Owner(TRAINER, trainer.id, trainer.name)
    named = {name for session in problem.sessions for name in session.trainers} - problem.trainer_by_name.keys()
    for name in sorted(named):
        yield Owner(TRAINER, name, name)


def known_owners(config: Config, term: Term) -> list[Owner]:
    """All who may have a page: of the published plan, else of the newest input."""
    problem = subscribing.problem_of(config, term)
    return [] if problem is None else list(owners(problem))


def create(config: Config, term: Term, by: Actor, *, kind: str, owner: str) -> OwnPage:
    """Somebody's page: the open one if she has one; raises UnknownOwnerError."""
    found = next((o for o in known_owners(config, term) if (o.kind, o.id) == (kind, owner)), None)
    if found is None:
        raise UnknownOwnerError
    return _open(term).filter(kind=kind, owner=owner).first() or subscribing.make(config, OwnPage(term=term), by, found)


def links(config: Config, term: Term, by: Actor) -> Callable[[str, str], str | None]:
    """Tells the address of somebody's own page by kind and owner, again or of a new page; None where she may have none.

    For letters of many: the input is read once, and nothing is made before it is asked for.
    """
    who = {(owner.kind, owner.id): owner for owner in known_owners(config, term)}
    known = {(row.kind, row.owner): row for row in _open(term)}

    def link(kind: str, owner: str) -> str | None:
        if (kind, owner) not in who:
            return None
        if (kind, owner) not in known:
            known[kind, owner] = subscribing.make(config, OwnPage(term=term), by, who[kind, owner])
        return address(config, known[kind, owner])

    return link


def address(config: Config, page: OwnPage) -> str:
    """Where the page is opened."""
    return f"{config.public_address}{PREFIX}{secret(config, page.key, page.generation)}"


def find(text: str) -> Found | None:
    """The page behind a secret; None where no such link was ever handed out."""
    link = PageLink.objects.select_related("page__term").filter(digest=digest(text)).first()
    if link is None:
        return None
    page = link.page
    return Found(page, page is None or page.revoked is not None or link.generation != page.generation)


def closes(config: Config, page: OwnPage, plan: Plan) -> date:
    """The last day on which the page is open; where nothing is planned for her, counted from the end of the plan."""
    if page.kind == TRAINER:
        last = max((session.day for session in sessions_of(config, page, plan)), default=None)
        return (last or contents_of(config, plan).last_day) + timedelta(days=DAYS_OF_ATTENDANCE)
    contents = contents_of(config, plan)
    hires = [page.owner] if page.kind == PERSON else [hire.id for hire in contents.hires_of(page.owner)]
    return (contents.last_event(hires) or contents.last_day) + timedelta(days=DAYS_OPEN)


def sessions_of(config: Config, page: OwnPage, plan: Plan) -> list[SessionSeats]:
    """A trainer's sessions with somebody booked, in order of time."""
    name = plan.figures.get("trainers", {}).get(page.owner, page.name)
    return [session for session in session_seats.of_plan(config, plan).values() if name in session.trainers]


def actor_of(page: OwnPage) -> Actor:
    """Whoever holds the link, for records: by the number of the page, without a name or a role."""
    return Actor(f"länk {page.id}", "")


def _open(term: Term) -> QuerySet[OwnPage]:
    return OwnPage.objects.filter(term=term, revoked=None).order_by("id")
