"""Table ``utbildningar``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from inputs.cells import MAX_MONTHS, identifier, identifiers, one_of, text, texts, whole, yes_no
from inputs.entries import Entry, RowReader, row_readers
from inputs.findings import Findings
from inputs.schema import PROGRAMMES
from inputs.tables import Table
from models.problem import Programme

_INEXPERIENCED_ONLY = one_of({"alla": False, "oerfarna": True})


def read(
    tables: Mapping[str, Table], findings: Findings, *, default_deadline_months: int
) -> Iterator[Entry[Programme]]:
    """The programmes, as yet without their modules."""
    for row in row_readers(tables, PROGRAMMES, findings):
        yield row.entry(_programme(row, default_deadline_months))


def _programme(row: RowReader, default_deadline_months: int) -> Programme:
    return Programme(
        id=row.required("id", identifier, ""),
        name=row.required("namn", text, ""),
        cohort=row.optional("sammanhållen", yes_no, True),
        ordered=row.optional("i_ordning", yes_no, True),
        min_gap_days=row.optional("dagar_mellan", whole(0), 0),
        max_gap_days=row.optional("högst_dagar_mellan", whole(0), None),
        deadline_months=row.optional("frist_månader", whole(0, MAX_MONTHS), default_deadline_months),
        earliest_day=row.optional("tidigast_dag", whole(0), 0),
        before_cases=row.optional("före_ärenden", yes_no, False),
        after=row.optional("efter", identifiers, ()),
        inexperienced_only=row.optional("gäller", _INEXPERIENCED_ONLY, False),
        target_groups=row.optional("målgrupp", texts, ()),
        mixed=row.optional("blandad", yes_no, False),
        weight=row.optional("vikt", whole(1, 9), 1),
        modules=(),
    )
