"""Registerutdrag: all that is kept about one person in a term."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from service import inputs_of_terms, reports
from service.config import Config
from service.models import Frozen, InputVersion, Mail, OwnPage, PlanPerson, Subscription, Term, Tick

PARTS = ("underlag", "planer", "anmälningar", "kalendrar", "egna sidor", "prenumerationer", "brev")


def extract(config: Config, term: Term, hire: str) -> Mapping[str, Any]:
    """By the words of the field; rows of every version of the input that names her, plans, reports, ticks, links, calendars, letters."""
    versions = InputVersion.objects.filter(term=term).order_by("number")
    known: dict[str, list[Mapping[str, Any]]] = {}
    for version in versions:  # versions that somebody went back to share their folder
        if version.folder not in known:
            known[version.folder] = list(_rows(config, version, hire))
    return {
        "termin": term.name,
        "id": hire,
        "underlag": [
            {"version": version.number, "sparad": version.made.isoformat(), "rader": known[version.folder]}
            for version in versions
            if known[version.folder]
        ],
        "planer": [
            {
                "plan": person.plan.number,
                "gjord": person.plan.made.isoformat(),
                "namn": person.name,
                "förvaltning": person.organisation,
                "enhet": person.unit,
                "uppgifter": person.account,
            }
            for person in PlanPerson.objects.filter(plan__term=term, hire=hire)
            .select_related("plan")
            .order_by("plan_id")
        ],
        "anmälningar": [
            {
                "slag": row.kind,
                "innehåll": row.content,
                "anmäld": row.made.isoformat(),
                "läge": row.state,
                "svar": row.answer,
            }
            for row in reports.about(term, hire)
        ],
        "kalendrar": [
            {
                "publicering": row.publication.number,
                "publicerad": row.publication.made.isoformat(),
                "innehåll": bytes(row.content).decode(),
            }
            for row in Frozen.objects.filter(publication__term=term, kind="person", owner=hire)
            .select_related("publication")
            .order_by("publication__number")
        ],
        "kryssade uppgifter": [
            {"uppgift": row.task, "nummer": row.number, "kryssad": row.at.isoformat(), "av": row.by}
            for row in Tick.objects.filter(term=term, hire=hire).order_by("id")
        ],
        "egna sidor": [
            {"skapad": row.made.isoformat(), "stängd": bool(row.revoked)}
            for row in OwnPage.objects.filter(term=term, kind="person", owner=hire).order_by("id")
        ],
        "prenumerationer": [
            {
                "skapad": row.made.isoformat(),
                "hämtad": row.fetched and row.fetched.isoformat(),
                "stängd": bool(row.revoked),
            }
            for row in Subscription.objects.filter(term=term, kind="person", owner=hire)
        ],
        "brev": [
            {
                "slag": row.get_what_display(),
                "till": row.address,
                "läge": row.get_state_display(),
                "när": row.ended and row.ended.isoformat(),
            }
            for row in Mail.objects.filter(term=term, kind="person", owner=hire).order_by("id")
        ],
    }


def _rows(config: Config, version: InputVersion, hire: str) -> Iterator[Mapping[str, Any]]:
    """Rows with her id in a cell, under their headings."""
    for table in inputs_of_terms.tables(config, version):
        heading = table["rows"][0][1] if table["rows"] else []
        for number, cells in table["rows"][1:]:
            if hire in (cell.strip() for cell in cells):
                yield {"tabell": table["name"], "rad": number, **dict(zip(heading, cells, strict=False))}
