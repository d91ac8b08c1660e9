"""Registerutdrag: all that is kept about one person in a term."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from columns.kinds import Column, Personal, Reference, Table
from columns.tables import HIRES, MENTORS, TRAINERS
from outputs.events.identity import MENTOR, PERSON, TRAINER
from service import reports, row_edits
from service.config import Config
from service.jobs.asking import TRY
from service.models import Frozen, InputVersion, Job, Mail, OwnPage, PlanPerson, Subscription, Term, Tick

PARTS = ("underlag", "planer", "anmälningar", "kalendrar", "egna sidor", "prenumerationer", "brev")
TABLES: Mapping[str, Table] = {PERSON: HIRES, MENTOR: MENTORS, TRAINER: TRAINERS}
"""Where a person of each kind has her own row."""


def extract(config: Config, term: Term, who: str, kind: str = PERSON) -> Mapping[str, Any]:
    """By the words of the field, of a hire, a mentor or a trainer by her id.

    Rows of every version of the input that names her, plans, reports, ticks, what was tried, links, calendars, letters.
    """
    hire = who if kind == PERSON else ""
    versions = InputVersion.objects.filter(term=term).order_by("number")
    known: dict[str, list[Mapping[str, Any]]] = {}
    for version in versions:  # versions that somebody went back to share their folder
        if version.folder not in known:
            known[version.folder] = list(_rows(config, version, who, kind))
    return {
        "termin": term.name,
        "id": who,
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
            for row in Frozen.objects.filter(publication__term=term, kind=kind, owner=who)
            .select_related("publication")
            .order_by("publication__number")
        ],
        "kryssade uppgifter": [
            {"uppgift": row.task, "nummer": row.number, "kryssad": row.at.isoformat(), "av": row.by}
            for row in Tick.objects.filter(term=term, hire=hire).order_by("id")
        ],
        "prövat för hand": [
            {"när": job.made.isoformat(), "av": job.by, "önskemål": wishes}
            for job in Job.objects.filter(term=term, kind=TRY).order_by("id")
            if hire
            and (wishes := [wish for part in ("move", "bar") for wish in job.options[part] if wish["hire"] == hire])
        ],
        "egna sidor": [
            {"skapad": row.made.isoformat(), "stängd": bool(row.revoked)}
            for row in OwnPage.objects.filter(term=term, kind=kind, owner=who).order_by("id")
        ],
        "prenumerationer": [
            {
                "skapad": row.made.isoformat(),
                "hämtad": row.fetched and row.fetched.isoformat(),
                "stängd": bool(row.revoked),
            }
            for row in Subscription.objects.filter(term=term, kind=kind, owner=who)
        ],
        "brev": [
            {
                "slag": row.get_what_display(),
                "till": row.address,
                "läge": row.get_state_display(),
                "när": row.ended and row.ended.isoformat(),
            }
            for row in Mail.objects.filter(term=term, kind=kind, owner=who).order_by("id")
        ],
    }


def _rows(config: Config, version: InputVersion, who: str, kind: str) -> Iterator[Mapping[str, Any]]:
    """Her own row and those that refer to her, under their headings; a number that is like her id is no reference to her."""
    own = TABLES[kind]
    rows = list(row_edits.written_rows(config, version))
    known = {who}
    if kind == TRAINER:  # other tables may have her name
        known |= {row.cells["namn"] for row in rows if row.table is own and row.cells["id"] == who}
    for row in rows:
        columns = [column.name for column in row.table.columns if _tells_of(row.table, column, kind)]
        if any(known & {part.strip() for part in re.split("[,;]", row.cells[name])} for name in columns):
            yield {"tabell": row.table.name, "rad": row.number, **row.written}


def _tells_of(table: Table, column: Column, kind: str) -> bool:
    """Whether a person of the kind stands in the column."""
    if table is TABLES[kind]:
        return column.name == "id"
    if kind == TRAINER:
        return column.personal is Personal.TRAINER
    return isinstance(column.kind, Reference) and column.kind.table == TABLES[kind].name
