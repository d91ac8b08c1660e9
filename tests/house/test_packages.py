"""Whatever lists the packages of the house knows all of them: one left out would go unguarded without a word."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from docs import import_graph
from terminsplan import bug_report
from tests.docs import patching, test_references
from tests.house import test_import_contracts

HOUSE = Path(__file__).parents[2]
PROJECT: dict[str, Any] = tomllib.loads((HOUSE / "pyproject.toml").read_text("utf-8"))
TOOLS = PROJECT["tool"]
PACKAGES = {path.parent.name for path in HOUSE.glob("*/__init__.py")} - {"benchmarks"}
FLOORS = {f"scheduler.{path.parent.name}" for path in (HOUSE / "scheduler").glob("*/__init__.py")} - {
    "scheduler.verify"
}
CONTRACTS = {contract["name"]: contract for contract in TOOLS["importlinter"]["contracts"]}


@pytest.mark.parametrize(
    "named",
    [
        pytest.param(TOOLS["hatch"]["build"]["targets"]["wheel"]["packages"], id="wheel"),
        pytest.param(TOOLS["mypy"]["packages"], id="mypy"),
        pytest.param(TOOLS["coverage"]["run"]["source"], id="coverage"),
        pytest.param(TOOLS["mutmut"]["also_copy"], id="mutmut"),
        pytest.param(TOOLS["deptry"]["known_first_party"], id="deptry"),
        pytest.param(TOOLS["importlinter"]["root_packages"], id="import-linter"),
        pytest.param(CONTRACTS["No circle anywhere"]["ancestors"], id="no circle"),
        pytest.param(import_graph.PACKAGES, id="import graph"),
        pytest.param(bug_report._OURS, id="bug report"),
        pytest.param(patching._FOLDERS, id="contributing"),
        pytest.param(test_references.FOLDERS, id="references"),
        pytest.param(test_import_contracts.PACKAGES, id="planted breaches"),
    ],
)
def test_every_package_is_named(named: list[str]) -> None:
    assert PACKAGES - set(named) == set()


def test_the_independent_check_is_kept_from_every_other_floor_and_package() -> None:
    forbidden = set(CONTRACTS["The independent check knows the nouns alone"]["forbidden_modules"])
    assert (FLOORS | PACKAGES) - {"models", "scheduler"} - forbidden == set()


def test_the_picture_has_every_floor_in_its_place() -> None:
    assert FLOORS - {name for floor in import_graph.FLOORS for name in floor} == set()
