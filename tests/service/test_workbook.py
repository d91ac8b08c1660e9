"""A version that came as CSV files is handed out as a workbook that says the same."""

from __future__ import annotations

from pathlib import Path

from tests.service.world import World


def test_the_workbook_of_csv_tables_reads_as_the_same_problem(world: World, tmp_path: Path) -> None:
    from inputs.read import read_problem

    term = world.term()
    answer = world.browser().get(f"/terminer/{term.id}/underlag/1/arbetsbok")
    (tmp_path / "a.xlsx").write_bytes(answer.content)
    found = read_problem(tmp_path / "a.xlsx")
    assert found.errors == ()
    assert found.problem == read_problem(world.made().input / "csv").problem
