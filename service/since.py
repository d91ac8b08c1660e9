"""What has come in since the published plan: versions of the
input, reports of administrations, attendance, late recruits.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from columns.tables import ATTENDANCE, HIRES
from service import row_edits
from service.config import Config
from service.models import InputVersion, Publication, Report

Rows = Sequence[Mapping[str, str]]


@dataclass(frozen=True)
class Since:
    """``recruits`` and ``gone`` are names of hires; ``present`` and
    ``absent`` count rows of attendance that are new or another.

    ``changed`` are the other tables with changed rows: how many
    are new or as they were not, and how many are no longer so.
    """

    versions: Sequence[InputVersion]
    taken: Sequence[Report]
    waiting: int
    recruits: Sequence[str]
    gone: Sequence[str]
    present: int
    absent: int
    changed: Sequence[tuple[str, int, int]]


def since(config: Config, now: Publication, newest: InputVersion) -> Since:
    """Against the input of the published plan."""
    same = now.plan.version.folder == newest.folder
    before, after = (
        ({}, {}) if same else (row_edits.all_rows(config, version) for version in (now.plan.version, newest))
    )
    reports = Report.objects.filter(term=now.term)
    old, new = (_names(rows.get(HIRES.name, ())) for rows in (before, after))
    attended = _added(before.get(ATTENDANCE.name, ()), after.get(ATTENDANCE.name, ()))
    absent = sum(row_edits.says_no(row.get("närvarande", "")) for row in attended)
    versions = InputVersion.objects.filter(term=now.term, number__gt=now.plan.version.number)
    return Since(
        versions=list(versions),
        taken=list(reports.filter(state=Report.State.TAKEN, answered__gt=now.made).order_by("answered")),
        waiting=reports.filter(state=Report.State.WAITING).count(),
        recruits=[name for hire, name in new.items() if hire not in old],
        gone=[name for hire, name in old.items() if hire not in new],
        present=len(attended) - absent,
        absent=absent,
        changed=list(_changed(before, after)),
    )


def _names(rows: Rows) -> Mapping[str, str]:
    return {row["id"]: row["namn"] for row in rows}


def _added(before: Rows, after: Rows) -> list[Mapping[str, str]]:
    """Rows of the later table that the earlier one has not."""
    left = Counter(tuple(row.values()) for row in before)
    found = []
    for row in after:
        cells = tuple(row.values())
        if left[cells]:
            left[cells] -= 1
        else:
            found.append(row)
    return found


def _changed(before: Mapping[str, Rows], after: Mapping[str, Rows]) -> list[tuple[str, int, int]]:
    names = [name for name in dict.fromkeys((*before, *after)) if name != ATTENDANCE.name]
    found = ((name, before.get(name, ()), after.get(name, ())) for name in names)
    counted = [(name, len(_added(old, new)), len(_added(new, old))) for name, old, new in found]
    return [row for row in counted if row[1] or row[2]]
