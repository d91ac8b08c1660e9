"""The small term on disk, planned if wanted, the example planned once for all, and a way to type commands."""

import shutil
from pathlib import Path

import pytest

from tests.terminsplan.example_plans import example_plan, october, replanned_chain
from tests.terminsplan.small import Run, write_tables
from tests.terminsplan.typed import typed

__all__ = ["example_plan", "october", "replanned_chain"]


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
