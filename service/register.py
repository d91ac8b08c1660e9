"""Registerutdrag: all that is kept about one person in a term."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from outputs.events.identity import PERSON
from service import inputs_of_terms, reports
from service.config import Config
from service.models import Frozen, InputVersion, Mail, OwnPage, PlanPerson, Subscription, Term, Tick

Row = Mapping[str, Any]


def extract(config: Config, term: Term, hire: str) -> Mapping[str, Any]:
    """All that is kept about her, part by part, by the words of the field."""
    return {"termin": term.name, "id": hire} | {name: list(part(config, term, hire)) for name, part in PARTS.items()}


def is_empty(told: Mapping[str, Any]) -> bool:
    """Nothing is kept about her."""
    return not any(told[name] for name in PARTS)


def _versions(config: Config, term: Term, hire: str) -> Iterator[Row]:
    """The rows that name her in every version of the input; versions that somebody went back to share their folder."""
    known: dict[str, list[Row]] = {}
    for version in InputVersion.objects.filter(term=term).order_by("number"):
        if version.folder not in known:
            known[version.folder] = list(_rows(config, version, hire))
        if known[version.folder]:
            yield {"version": version.number, "sparad": version.made.isoformat(), "rader": known[version.folder]}


def _plans(_config: Config, term: Term, hire: str) -> Iterator[Row]:
    for person in PlanPerson.objects.filter(plan__term=term, hire=hire).select_related("plan").order_by("plan_id"):
        yield {
            "plan": person.plan.number,
            "gjord": person.plan.made.isoformat(),
            "namn": person.name,
            "förvaltning": person.organisation,
            "enhet": person.unit,
            "uppgifter": person.account,
        }


def _reports(_config: Config, term: Term, hire: str) -> Iterator[Row]:
    for row in reports.about(term, hire):
        yield {
            "slag": row.kind,
            "innehåll": row.content,
            "anmäld": row.made.isoformat(),
            "läge": row.state,
            "svar": row.answer,
        }


def _calendars(_config: Config, term: Term, hire: str) -> Iterator[Row]:
    published = Frozen.objects.filter(publication__term=term, kind=PERSON, owner=hire).select_related("publication")
    for row in published.order_by("publication__number"):
        yield {
            "publicering": row.publication.number,
            "publicerad": row.publication.made.isoformat(),
            "innehåll": bytes(row.content).decode(),
        }


def _ticks(_config: Config, term: Term, hire: str) -> Iterator[Row]:
    for row in Tick.objects.filter(term=term, hire=hire).order_by("id"):
        yield {"uppgift": row.task, "nummer": row.number, "kryssad": row.at.isoformat(), "av": row.by}


def _pages(_config: Config, term: Term, hire: str) -> Iterator[Row]:
    for row in OwnPage.objects.filter(term=term, kind=PERSON, owner=hire).order_by("id"):
        yield {"skapad": row.made.isoformat(), "stängd": bool(row.revoked)}


def _subscriptions(_config: Config, term: Term, hire: str) -> Iterator[Row]:
    for row in Subscription.objects.filter(term=term, kind=PERSON, owner=hire).order_by("id"):
        yield {
            "skapad": row.made.isoformat(),
            "hämtad": row.fetched and row.fetched.isoformat(),
            "stängd": bool(row.revoked),
        }


def _letters(_config: Config, term: Term, hire: str) -> Iterator[Row]:
    for row in Mail.objects.filter(term=term, kind=PERSON, owner=hire).order_by("id"):
        yield {
            "slag": row.get_what_display(),
            "till": row.address,
            "läge": row.get_state_display(),
            "när": row.ended and row.ended.isoformat(),
        }


def _rows(config: Config, version: InputVersion, hire: str) -> Iterator[Row]:
    """Rows with her id in a cell, under their headings."""
    for table in inputs_of_terms.tables(config, version):
        heading = table["rows"][0][1] if table["rows"] else []
        for number, cells in table["rows"][1:]:
            if hire in (cell.strip() for cell in cells):
                yield {"tabell": table["name"], "rad": number, **dict(zip(heading, cells, strict=False))}


PARTS: Mapping[str, Callable[[Config, Term, str], Iterable[Row]]] = {
    "underlag": _versions,
    "planer": _plans,
    "anmälningar": _reports,
    "kalendrar": _calendars,
    "kryssade uppgifter": _ticks,
    "egna sidor": _pages,
    "prenumerationer": _subscriptions,
    "brev": _letters,
}
"""What a registerutdrag tells, in its order."""
