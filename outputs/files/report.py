"""``rapport.html``: the plan as one page."""

from __future__ import annotations

from pathlib import PurePosixPath

from outputs import html
from outputs.files.kinds import Export, Files, Output, Planned

NAME = "rapport.html"


def make(planned: Planned) -> Files:
    """One file."""
    yield PurePosixPath(NAME), html.report(planned.problem, planned.plan, changes=planned.changes)


OUTPUT = Output(
    phase="report",
    make=make,
    files=(NAME,),
    export=Export("html", ".html"),
    told=(
        (
            f"`{NAME}`",
            (
                "öppna i webbläsaren; går att skriva ut på A4. Sök efter ett namn överst; klicka på en kolumns rubrik "
                "för att sortera"
            ),
        ),
    ),
    beside=True,
)
