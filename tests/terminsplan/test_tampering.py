"""A short form of what ``make torture`` does with stored files, and neighbours that are no plans of ours."""

import os
from pathlib import Path

import pytest

from tests.terminsplan.small import Run
from tests.terminsplan.typed import typed
from tests.torture import tampering


@pytest.fixture(scope="module")
def plans(tmp_path_factory: pytest.TempPathFactory) -> tampering.Chain:
    return tampering.chain(typed, tmp_path_factory.mktemp("kedja"))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_changed_values_give_a_sentence_or_a_right_result(seed: int, plans: tampering.Chain, tmp_path: Path) -> None:
    assert tampering.tried(typed, plans, tmp_path / "t", seed=seed, number=8) == []


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (('"owner": "N"', '"owner": "X"'), "inte hör till planen"),
        (('"start": "2026', '"start": "9999'), "ligger inte mellan"),
        (('"sequence": 0', '"sequence": 2147483647'), "sequence"),
    ],
)
def test_events_and_times_that_cannot_be_are_told(
    change: tuple[str, str], says: str, tables: Path, planned: Path, run: Run
) -> None:
    text = (planned / "plan.json").read_text("utf-8")
    assert change[0] in text
    (planned / "plan.json").write_text(text.replace(*change, 1), "utf-8")
    result = run("omplanera", tables, "--tidigare", planned, "-o", planned.parent / "plan2")
    assert result.exit_code == 2
    assert says in result.output


@pytest.mark.skipif(os.name == "nt", reason="pipes")
def test_odd_neighbours_are_no_concern_of_a_re_plan(tables: Path, planned: Path, tmp_path: Path, run: Run) -> None:
    for name in ("djup", "rör"):
        (tmp_path / name).mkdir()
    (tmp_path / "djup" / "korning.json").write_text("[" * 200_000, "utf-8")
    os.mkfifo(tmp_path / "rör" / "korning.json")
    (tmp_path / "runt").symlink_to("runt")
    result = run("omplanera", tables, "--tidigare", planned, "-o", tmp_path / "plan2", "--tyst")
    assert result.exit_code == 0, result.output


@pytest.mark.skipif(os.name == "nt", reason="pipes")
def test_a_pipe_named_as_a_plan_is_not_waited_for_when_the_plan_before_is_looked_for(
    tables: Path, planned: Path, tmp_path: Path, run: Run
) -> None:
    assert run("omplanera", tables, "--tidigare", planned, "-o", tmp_path / "plan2", "--tyst").exit_code == 0
    (tmp_path / "a").mkdir()
    os.mkfifo(tmp_path / "a" / "plan.json")
    result = run("granska", tables, tmp_path / "plan2")
    assert result.exit_code == 0, result.output


def test_a_neighbour_that_one_may_not_look_into_is_no_concern(
    tables: Path, planned: Path, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "lost+found").mkdir()
    stat = Path.stat

    def closed(self: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        if self.parent.name == "lost+found":
            raise PermissionError(13, "no")
        return stat(self, follow_symlinks=follow_symlinks)

    monkeypatch.setattr(Path, "stat", closed)
    result = run("omplanera", tables, "--tidigare", planned, "-o", tmp_path / "plan2", "--tyst")
    assert result.exit_code == 0, result.output
