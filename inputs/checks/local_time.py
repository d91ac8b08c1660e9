"""Sessions at a time of day that does not exist, or exists twice, when the clocks change."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from inputs.findings import Findings
from inputs.term_tables import TermTables


def check(term: TermTables, findings: Findings) -> None:
    """Report every start or end that the zone's clock skips or repeats that night."""
    zone = ZoneInfo(term.settings.timezone)
    for entry in term.sessions:
        for column, moment in (("start", entry.item.start), ("slut", entry.item.end)):
            if not entry.sound("datum", column):
                continue
            local = datetime.combine(entry.item.day, moment)
            trouble = _trouble(local, zone)
            if trouble:
                entry.error(findings, "omställning", column, f"{trouble} den {entry.item.day}; välj en annan tid")


def _trouble(local: datetime, zone: ZoneInfo) -> str | None:
    early, late = local.replace(tzinfo=zone, fold=0), local.replace(tzinfo=zone, fold=1)
    if early.utcoffset() == late.utcoffset():
        return None
    if early.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != local:
        return "finns inte, klockan ställs fram"
    return "finns två gånger, klockan ställs tillbaka"
