"""Who asks, and what is hers: one scoped query a kind of thing.

What is not hers is not found, exactly as what does not exist (docs/atkomst.md).
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from service.models import Account, ApiKey, Job, OwnPage, Plan, PlanPerson, Publication, Role, Subscription, Term

COORDINATORS = frozenset({Role.ADMINISTRATOR.value, Role.COORDINATOR.value})
ADMINISTRATORS = frozenset({Role.ADMINISTRATOR.value})
EVERYBODY = frozenset(role.value for role in Role)


@dataclass(frozen=True)
class Actor:
    """Somebody who may do something: an account, a key, or the one user of a service that is not shared."""

    name: str
    role: str
    organisation: str = ""
    unit: str = ""

    @property
    def coordinates(self) -> bool:
        """Whether all people are hers."""
        return self.role in COORDINATORS

    @property
    def administers(self) -> bool:
        """Whether accounts, keys and the log are hers."""
        return self.role in ADMINISTRATORS

    def terms(self) -> QuerySet[Term]:
        """Terms: a coordinator's are all, an administration's
        those with a published plan that knows the administration.
        """
        every = Term.objects.order_by("-id")
        if self.coordinates:
            return every
        if not self.organisation:
            return every.none()
        known = Publication.objects.filter(plan__figures__organisations__has_key=self.organisation)
        return every.filter(id__in=known.values("term"))

    def plans(self) -> QuerySet[Plan]:
        """Plans; an administration sees none as a whole."""
        return Plan.objects.select_related("term", "version") if self.coordinates else Plan.objects.none()

    def jobs(self) -> QuerySet[Job]:
        """Jobs; an administration sees none."""
        return Job.objects.select_related("term", "plan") if self.coordinates else Job.objects.none()

    def subscriptions(self) -> QuerySet[Subscription]:
        """Subscriptions; an administration's are those of her own people and of herself."""
        every = Subscription.objects.all()
        if self.coordinates:
            return every
        mine = every.filter(organisation=self.organisation)
        return mine.filter(unit=self.unit) if self.unit else mine

    def own_pages(self) -> QuerySet[OwnPage]:
        """Pages of hires, mentors and trainers; an administration hands out none."""
        return OwnPage.objects.all() if self.coordinates else OwnPage.objects.none()

    def people(self, plan: Plan) -> QuerySet[PlanPerson]:
        """People of a plan, in the order of their names."""
        return self._own(PlanPerson.objects.filter(plan=plan)).order_by("order")

    def _own(self, people: QuerySet[PlanPerson]) -> QuerySet[PlanPerson]:
        if self.coordinates:
            return people
        if not self.organisation:
            return people.none()
        mine = people.filter(organisation=self.organisation)
        return mine.filter(unit=self.unit) if self.unit else mine


ALONE = Actor("den som kör tjänsten", Role.ADMINISTRATOR.value)


def actor_of(rights: Account | ApiKey) -> Actor:
    """Who an account or a key is."""
    return Actor(rights.name, rights.role, rights.organisation, rights.unit)


def published(term: Term) -> Publication | None:
    """The publication that calendars show now."""
    return Publication.objects.select_related("plan").filter(term=term).order_by("-number").first()
