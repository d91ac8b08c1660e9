"""The small term on disk, planned if wanted, and a way to type commands."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from terminsplan.cli import cli
from tests.terminsplan.small import Run, write_tables


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    return write_tables(tmp_path / "in")


@pytest.fixture
def run() -> Run:
    def invoke(*arguments: object) -> Result:
        return CliRunner().invoke(cli, [str(a) for a in arguments], prog_name="terminsplan")

    return invoke


@pytest.fixture(scope="session")
def planned_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("planned")
    arguments = ["planera", str(write_tables(place / "in")), "-o", str(place / "plan"), "--tyst"]
    result = CliRunner().invoke(cli, arguments)
    assert result.exit_code == 0, result.output
    return place / "plan"


@pytest.fixture
def planned(planned_once: Path, tmp_path: Path) -> Path:
    """A plan of the small term, in ``plan``."""
    return Path(shutil.copytree(planned_once, tmp_path / "plan"))
