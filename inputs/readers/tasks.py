"""Table ``uppgifter``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from columns.tables import TASKS
from inputs.entries import Entry, row_readers
from inputs.findings import Findings
from inputs.parsers import cells_reader
from inputs.schema import spec_for
from inputs.tables import Table
from models.problem import Task


@dataclass(frozen=True)
class TaskRow:
    """A task, with what comes before it as written (``CI`` or ``CI:1``): only the programmes tell which is meant."""

    task: Task
    after: tuple[str, ...]


def read(tables: Mapping[str, Table], findings: Findings) -> Iterator[Entry[TaskRow]]:
    """The tasks; one without a first day may begin on the start
    date, or where it must be done before that, on its last.
    """
    values_of = cells_reader(TASKS.columns)
    for row in row_readers(tables, spec_for(TASKS), findings):
        values = values_of(row)
        if values["from_day"] is None:
            values["from_day"] = min(0, values["to_day"])
        after = values.pop("after")
        yield row.entry(TaskRow(Task(**values), after))
