"""``plan.json``, ``indata.json``, ``andringar.json``: the plan, its input and its changes for other programs."""

from __future__ import annotations

from pathlib import PurePosixPath

from outputs import plan_json
from outputs.files.kinds import Files, Output, Planned
from outputs.names import CHANGES, INPUT, PLAN


def make(planned: Planned) -> Files:
    """The plan in parts, since that of a nation is large; the changes only in a re-plan."""
    yield PurePosixPath(PLAN), plan_json.plan_parts(planned.plan)
    yield PurePosixPath(INPUT), plan_json.problem_bytes(planned.problem)
    if planned.changes is not None:
        yield PurePosixPath(CHANGES), plan_json.changes_bytes(planned.changes)


OUTPUT = Output(
    phase="json",
    make=make,
    files=(PLAN, INPUT, CHANGES),
    told=(("`plan.json`, `indata.json`, `andringar.json`, `korning.json`", "för andra program"),),
)
