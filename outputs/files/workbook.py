"""``plan.xlsx``: the plan as a workbook."""

from __future__ import annotations

from pathlib import PurePosixPath

from outputs import xlsx
from outputs.files.kinds import Export, Files, Output, Planned

NAME = "plan.xlsx"


def make(planned: Planned) -> Files:
    """One file."""
    yield PurePosixPath(NAME), xlsx.workbook(planned.problem, planned.plan, changes=planned.changes)


OUTPUT = Output(
    phase="workbook",
    make=make,
    files=(NAME,),
    export=Export("xlsx", ".xlsx"),
    told=(
        (
            f"`{NAME}`",
            (
                "bladen Översikt, Personer, Omgångar, Ej i tid, Beläggning, Inställningar, och Ändringar efter en "
                "omplanering"
            ),
        ),
    ),
)
