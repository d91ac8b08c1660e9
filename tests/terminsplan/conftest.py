"""The small term on disk, planned if wanted, the example planned once for all, and a way to type commands."""

import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from terminsplan import store
from terminsplan.cli import cli
from terminsplan.exits import Exit
from tests.terminsplan.october import PLANNING_DATE, write_october
from tests.terminsplan.small import Run, write_tables

EXAMPLE = Path(store.__file__).parents[1] / "examples" / "goteborg-ht2026"
PATIENCE_SECONDS = 300


def typed(*arguments: object) -> Result:
    """No command of the suite may end as a bug does."""
    result = CliRunner().invoke(cli, [str(a) for a in arguments], prog_name="terminsplan")
    if result.exit_code == Exit.BUG:
        raise AssertionError(f"{arguments} ended as a bug") from result.exception
    return result


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    return write_tables(tmp_path / "in")


@pytest.fixture
def run() -> Run:
    return typed


@pytest.fixture(scope="session")
def planned_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("planned")
    result = typed("planera", write_tables(place / "in"), "-o", place / "plan", "--tyst")
    assert result.exit_code == 0, result.output
    return place / "plan"


@pytest.fixture
def planned(planned_once: Path, tmp_path: Path) -> Path:
    """A plan of the small term, in ``plan``."""
    return Path(shutil.copytree(planned_once, tmp_path / "plan"))


@pytest.fixture(scope="session")
def example_plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The plan of the example; it takes some seconds, so all workers share one."""

    def make(place: Path) -> None:
        result = typed("planera", EXAMPLE / "csv", "-o", place / "plan")
        (place / "sagt.txt").write_text(result.output, "utf-8")

    return _shared(tmp_path_factory, "example", make) / "plan"


@pytest.fixture(scope="session")
def october(example_plan: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """``in``, ``plan`` and ``sagt.txt`` of the example's re-plan in mid-October."""

    def make(place: Path) -> None:
        late = ("--tidigare", example_plan, "-o", place / "plan", "--planeringsdag", PLANNING_DATE)
        result = typed("omplanera", write_october(EXAMPLE / "csv", place / "in"), *late)
        (place / "sagt.txt").write_text(result.output, "utf-8")

    return _shared(tmp_path_factory, "october", make)


def _shared(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """A folder made by the worker of pytest-xdist that comes first; the others wait for it."""
    base = factory.getbasetemp()
    place = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / name
    done = place / "done"
    try:
        place.mkdir()
    except FileExistsError:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not done.exists():
            assert time.monotonic() < deadline, f"{place} was never made"
            time.sleep(0.1)
        return place
    try:
        make(place)
    finally:
        done.touch()
    return place
