"""Plans of the Göteborg example, which take seconds to make: all tests that only look at them share one of each.

They are fixtures of every ``conftest.py`` that names them. No test may change what is in their folders.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from terminsplan import store
from tests.awaiting import until
from tests.terminsplan.october import PLANNING_DATE, write_october
from tests.terminsplan.typed import typed

EXAMPLE = Path(store.__file__).parents[1] / "examples" / "goteborg-ht2026"
STEPS = ("oktober", "december")
"""Folders of the example beside its first tables: what is known then."""
_OF_A_PLAN_SECONDS = 300.0


@pytest.fixture(scope="session")
def example_plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The plan of the example; what the command said lies beside it in ``sagt.txt``."""

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


@pytest.fixture(scope="session")
def replanned_chain(example_plan: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example's own re-plans, each a folder by its step; beside it ``<step>.txt`` and ``<step>.json``: what the
    command said on standard error and with ``--json``.
    """

    def make(place: Path) -> None:
        former = example_plan
        for step in STEPS:
            result = typed("omplanera", EXAMPLE / step, "--tidigare", former, "-o", place / step, "--json")
            former = place / step
            (place / f"{step}.txt").write_text(result.stderr, "utf-8")
            (place / f"{step}.json").write_text(result.stdout, "utf-8")

    return _shared(tmp_path_factory, "replanned-chain", make)


def _shared(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """A folder made by the worker of pytest-xdist that comes first; the others wait for it."""
    base = factory.getbasetemp()
    place = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / name
    done = place / "done"
    try:
        place.mkdir()
    except FileExistsError:
        until(done.exists, lambda: f"{place} was never made", _OF_A_PLAN_SECONDS)
        return place
    try:
        make(place)
    finally:
        done.touch()
    return place
