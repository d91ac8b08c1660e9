"""What was tried and how often it failed: a page in docs/, and what failed on the screen."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

DOCS = Path(__file__).parents[2] / "docs"
Row = tuple[str, int, list[str]]
"""What was tried, how often, and a line for each time that it failed."""


def told(page: str, introduction: str, rows: Sequence[Row]) -> NoReturn:
    """Write the page, and end with 1 where something failed."""
    table = "| what | tried | failed |\n|---|---:|---:|\n"
    table += "".join(f"| {kind} | {tried} | {len(failed)} |\n" for kind, tried, failed in rows)
    (DOCS / page).write_text(introduction + "\n" + table, "utf-8")
    for kind, _, failed in rows:
        sys.stdout.write("".join(f"{kind}: {line}\n" for line in failed))
    sys.stdout.write(table)
    sys.exit(any(failed for *_, failed in rows))
