"""What is made of a plan: one module an output, one line each in ``OUTPUTS``, in the order in which they are written.

Which files UT gets, which of them a re-run may replace, what ``exportera`` offers and what the handbook says of them is
derived from what the outputs declare.
"""

from __future__ import annotations

from pathlib import PurePath

from outputs.files import administrations, calendars, csv, data, introduction, report, workbook
from outputs.files.kinds import Output

OUTPUTS: tuple[Output, ...] = (
    data.OUTPUT,
    workbook.OUTPUT,  # first of the large ones: it takes the most memory, and some stays of each
    calendars.OUTPUT,
    report.OUTPUT,
    administrations.OUTPUT,
    csv.OUTPUT,
    introduction.PAGES,
    introduction.CALENDARS,
    introduction.CONTENTS,
)
FOLDERS = frozenset(output.folder for output in OUTPUTS if output.folder is not None)
EXPORTED = {output.export.form: output for output in OUTPUTS if output.export is not None}


def owned(path: PurePath) -> bool:
    """Whether a file of UT, by its path below UT, is one that some output may have written."""
    return any(output.owns(path) for output in OUTPUTS)
