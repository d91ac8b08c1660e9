"""Gallring: whole terms that ended before a day are thrown away by decision, with a record of it; their
links answer 410. A term that has not ended yet is left, whatever the day, and the record says so.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path, PurePosixPath

from django.apps import apps
from django.db import connection, transaction
from django.utils import timezone

from service.clock import HERE, today
from service.config import Config
from service.models import (
    AuditEntry,
    InputVersion,
    Mail,
    OwnPage,
    Plan,
    PlanPerson,
    Publication,
    Report,
    Subscription,
    Term,
    Tick,
)

RECORDS = "gallring.jsonl"


@dataclass(frozen=True)
class Record:
    """What was thrown away, when, by which decision; no names.

    ``before`` is never later than the day of the record: what had not ended then stays when the decision is applied
    once more to a copy. ``left``: whole sentences about the terms that the day asked for means too and that are left.
    """

    at: str
    before: str
    decision: str
    terms: list[str]
    left: list[str]
    versions: int
    plans: int
    people: int
    publications: int
    links: int
    pages: int
    ticks: int
    reports: int
    mails: int

    def lines(self) -> Iterator[str]:
        """The gallringsprotokoll."""
        yield f"Gallringsprotokoll {self.at}"
        yield f"Beslut: {self.decision}"
        yield f"Gallrat: terminer som slutade före {self.before}"
        yield from (f"  {name}" for name in self.terms)
        yield from (f"Kvar: {sentence}" for sentence in self.left)
        yield (
            f"Underlag: {self.versions} versioner. Planer: {self.plans}, med {self.people} personuppgifter i listor. "
            f"Publiceringar: {self.publications}. Länkar till kalendrar: {self.links}, till egna sidor: {self.pages}. "
            f"Anmälningar: {self.reports}. Kryssade uppgifter: {self.ticks}. Brev i utkorgen: {self.mails}."
        )


def weed(config: Config, before: date, decision: str) -> Record:
    """Throw them away, and write the record down in the data folder."""
    passed = min(before, today())
    with transaction.atomic():
        ended = {term.id: f"{term.name} (id {term.id}, slutade {end})" for term, end in _ended(passed)}
        left = list(_left(passed, before))
        folders = list(_folders(config, set(ended)))
        record = Record(
            at=timezone.now().astimezone(HERE).isoformat(timespec="seconds"),
            before=passed.isoformat(),
            decision=decision,
            terms=list(ended.values()),
            left=left,
            versions=InputVersion.objects.filter(term_id__in=ended).count(),
            plans=Plan.objects.filter(term_id__in=ended).count(),
            people=PlanPerson.objects.filter(plan__term_id__in=ended).count(),
            publications=Publication.objects.filter(term_id__in=ended).count(),
            pages=OwnPage.objects.filter(term_id__in=ended).count(),
            ticks=Tick.objects.filter(term_id__in=ended).count(),
            links=Subscription.objects.filter(term_id__in=ended).count(),
            reports=Report.objects.filter(term_id__in=ended).count(),
            mails=Mail.objects.filter(term_id__in=ended).count(),
        )
        Term.objects.filter(id__in=ended).delete()
        AuditEntry.objects.create(by="kommando", what="gallring", details=f"före {passed}, {len(ended)} terminer")
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)
    _compact()
    with (config.data / RECORDS).open("a", encoding="utf-8") as file:
        file.write(json.dumps(asdict(record), ensure_ascii=False) + "\n")
    return record


def add_records(config: Config, lines: Iterable[str]) -> None:
    """Those of a copy that was read back, after those that are there: what was decided holds here too."""
    place = config.data / RECORDS
    known = place.read_text("utf-8").splitlines() if place.is_file() else []
    new = [line for line in lines if line not in known]
    if new:
        with place.open("a", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in new)


def weed_again(config: Config) -> Record | None:
    """What was decided since a copy was taken holds for the
    copy too; None where nothing had to be thrown away again.
    """
    try:
        rows = [json.loads(line) for line in (config.data / RECORDS).read_text("utf-8").splitlines()]
    except FileNotFoundError:
        return None
    last = max(map(_passed, rows), default=None)
    if last is None or not any(_ended(date.fromisoformat(last))):
        return None
    decisions = "; ".join(dict.fromkeys(row["decision"] for row in rows))
    return weed(config, date.fromisoformat(last), f"efter återläsning av en kopia: {decisions}"[:1000])


def _passed(row: Mapping[str, str]) -> str:
    """The day of a record. Those without ``left`` may tell one that had not come when they were written."""
    return row["before"] if "left" in row else min(row["before"], row["at"][:10])


def _ended(before: date) -> Iterator[tuple[Term, date]]:
    """Terms whose last day is before the day."""
    yield from ((term, end) for term, end in _last_days() if end is not None and end < before)


def _left(passed: date, before: date) -> Iterator[str]:
    """Why terms are left that somebody who says ``before`` may take for thrown away."""
    for term, end in _last_days():
        if end is None:
            yield f"{term.name} (id {term.id}) har inget underlag som säger när den slutar."
        elif passed <= end < before:
            yield f"{term.name} (id {term.id}) slutar {end} och har alltså inte slutat än."


def _last_days() -> Iterator[tuple[Term, date | None]]:
    """Each term and its last day, in the newest input that tells one."""
    for term in Term.objects.order_by("id"):
        ends = [version.sizes.get("ends") for version in InputVersion.objects.filter(term=term).only("sizes")]
        known = next((end for end in ends if end), None)
        yield term, None if known is None else date.fromisoformat(known)


def _folders(config: Config, terms: set[int]) -> Iterator[Path]:
    for folder in set(InputVersion.objects.filter(term_id__in=terms).values_list("folder", flat=True)):
        yield config.inputs / folder
    for folder in Plan.objects.filter(term_id__in=terms).values_list("folder", flat=True):
        yield config.plans / PurePosixPath(folder).parts[0]


def _compact() -> None:
    """Nothing of it is left in the file of the database."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        else:  # a plain one leaves the bytes where they were, for later rows to write over
            for model in apps.get_app_config("service").get_models():
                cursor.execute(f"VACUUM FULL {connection.ops.quote_name(model._meta.db_table)}")
