"""A short form of ``make torture``'s hostile workbooks."""

from __future__ import annotations

from pathlib import Path

from tests.terminsplan.small import Run, write_tables
from tests.torture import hostile


def test_hostile_workbooks_are_refused_with_a_sentence_or_read_for_what_their_cells_say(
    tmp_path: Path, run: Run
) -> None:
    tried, failed = hostile.tried(run, write_tables(tmp_path / "in"), tmp_path / "hem" / "prov", seed=3, number=15)
    assert tried > 40
    assert failed == []


def test_the_workbook_that_is_attacked_is_a_good_one(tmp_path: Path, run: Run) -> None:
    file = tmp_path / "underlag.xlsx"
    file.write_bytes(hostile.workbook(write_tables(tmp_path / "in")))
    assert run("kontrollera", file).exit_code == 0
