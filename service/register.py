"""Registerutdrag: all that is kept about one person in a term."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from columns.kinds import Column, Personal, Reference, Table
from columns.tables import HIRES, MENTORS, TRAINERS
from outputs.events.identity import MENTOR, PERSON, TRAINER
from service import reports, row_edits
from service.config import Config
from service.jobs.asking import TRY
from service.models import Frozen, InputVersion, Job, Mail, OwnPage, PlanPerson, Subscription, Term, Tick

Row = Mapping[str, Any]


TABLES: Mapping[str, Table] = {PERSON: HIRES, MENTOR: MENTORS, TRAINER: TRAINERS}
"""Where a person of each kind has her own row."""


@dataclass(frozen=True)
class Person:
    """A hire, a mentor or a trainer, by her id."""

    id: str
    kind: str

    @property
    def hire(self) -> str:
        """Her id as a hire; blank for others, and nothing is kept of that one."""
        return self.id if self.kind == PERSON else ""


def extract(config: Config, term: Term, id_: str, kind: str = PERSON) -> Mapping[str, Any]:
    """All that is kept about her, part by part, by the words of the field."""
    who = Person(id_, kind)
    return {"termin": term.name, "id": id_} | {name: list(part(config, term, who)) for name, part in PARTS.items()}


def is_empty(told: Mapping[str, Any]) -> bool:
    """Nothing is kept about her."""
    return not any(told[name] for name in PARTS)


def _versions(config: Config, term: Term, who: Person) -> Iterator[Row]:
    """The rows that name her in every version of the input; versions that somebody went back to share their folder."""
    known: dict[str, list[Row]] = {}
    for version in InputVersion.objects.filter(term=term).order_by("number"):
        if version.folder not in known:
            known[version.folder] = list(_rows(config, version, who))
        if known[version.folder]:
            yield {"version": version.number, "sparad": version.made.isoformat(), "rader": known[version.folder]}


def _plans(_config: Config, term: Term, who: Person) -> Iterator[Row]:
    for person in PlanPerson.objects.filter(plan__term=term, hire=who.hire).select_related("plan").order_by("plan_id"):
        yield {
            "plan": person.plan.number,
            "gjord": person.plan.made.isoformat(),
            "namn": person.name,
            "förvaltning": person.organisation,
            "enhet": person.unit,
            "uppgifter": person.account,
        }


def _reports(_config: Config, term: Term, who: Person) -> Iterator[Row]:
    for row in reports.about(term, who.hire) if who.hire else ():
        yield {
            "slag": row.kind,
            "innehåll": row.content,
            "anmäld": row.made.isoformat(),
            "läge": row.state,
            "svar": row.answer,
        }


def _calendars(_config: Config, term: Term, who: Person) -> Iterator[Row]:
    published = Frozen.objects.filter(publication__term=term, kind=who.kind, owner=who.id).select_related("publication")
    for row in published.order_by("publication__number"):
        yield {
            "publicering": row.publication.number,
            "publicerad": row.publication.made.isoformat(),
            "innehåll": bytes(row.content).decode(),
        }


def _ticks(_config: Config, term: Term, who: Person) -> Iterator[Row]:
    for row in Tick.objects.filter(term=term, hire=who.hire).order_by("id"):
        yield {"uppgift": row.task, "nummer": row.number, "kryssad": row.at.isoformat(), "av": row.by}


def _tried(_config: Config, term: Term, who: Person) -> Iterator[Row]:
    for job in Job.objects.filter(term=term, kind=TRY).order_by("id"):
        wishes = [wish for part in ("move", "bar") for wish in job.options[part] if wish["hire"] == who.hire]
        if wishes:
            yield {"när": job.made.isoformat(), "av": job.by, "önskemål": wishes}


def _pages(_config: Config, term: Term, who: Person) -> Iterator[Row]:
    for row in OwnPage.objects.filter(term=term, kind=who.kind, owner=who.id).order_by("id"):
        yield {"skapad": row.made.isoformat(), "stängd": bool(row.revoked)}


def _subscriptions(_config: Config, term: Term, who: Person) -> Iterator[Row]:
    for row in Subscription.objects.filter(term=term, kind=who.kind, owner=who.id).order_by("id"):
        yield {
            "skapad": row.made.isoformat(),
            "hämtad": row.fetched and row.fetched.isoformat(),
            "stängd": bool(row.revoked),
        }


def _letters(_config: Config, term: Term, who: Person) -> Iterator[Row]:
    for row in Mail.objects.filter(term=term, kind=who.kind, owner=who.id).order_by("id"):
        yield {
            "slag": row.get_what_display(),
            "till": row.address,
            "läge": row.get_state_display(),
            "när": row.ended and row.ended.isoformat(),
        }


def _rows(config: Config, version: InputVersion, who: Person) -> Iterator[Row]:
    """Her own row and those that refer to her, under their
    headings; a number that is like her id is no reference to her.
    """
    own = TABLES[who.kind]
    rows = list(row_edits.written_rows(config, version))
    known = {who.id}
    if who.kind == TRAINER:  # other tables may have her name
        known |= {row.cells["namn"] for row in rows if row.table is own and row.cells["id"] == who.id}
    for row in rows:
        columns = [column.name for column in row.table.columns if _tells_of(row.table, column, who.kind)]
        if any(known & {part.strip() for part in re.split("[,;]", row.cells[name])} for name in columns):
            yield {"tabell": row.table.name, "rad": row.number, **row.written}


def _tells_of(table: Table, column: Column, kind: str) -> bool:
    """Whether a person of the kind stands in the column."""
    if table is TABLES[kind]:
        return column.name == "id"
    if kind == TRAINER:
        return column.personal is Personal.TRAINER
    return isinstance(column.kind, Reference) and column.kind.table == TABLES[kind].name


PARTS: Mapping[str, Callable[[Config, Term, Person], Iterable[Row]]] = {
    "underlag": _versions,
    "planer": _plans,
    "anmälningar": _reports,
    "kalendrar": _calendars,
    "kryssade uppgifter": _ticks,
    "prövat för hand": _tried,
    "egna sidor": _pages,
    "prenumerationer": _subscriptions,
    "brev": _letters,
}
"""What a registerutdrag tells, in its order."""
