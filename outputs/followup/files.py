"""The files of a follow-up."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from outputs.followup import data, page
from outputs.followup.figures import FollowUp
from outputs.followup.names import DATA, REPORT, WORKBOOK


def files(found: FollowUp) -> Iterator[tuple[PurePosixPath, bytes]]:
    """Names and bytes."""
    yield PurePosixPath(DATA), data.json_bytes(found)
    yield PurePosixPath(WORKBOOK), page.workbook(found)
    yield PurePosixPath(REPORT), page.page(found)
