"""The contracts of import-linter guard: a breach planted in
a copy of the house is named, whichever way it is written.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[2]
PACKAGES = ("models", "columns", "inputs", "scheduler", "outputs", "terminsplan", "service")
HIDDEN = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    {}\n"
CIRCLE = "No circle anywhere"
BREACHES = (
    ("scheduler/verify/rules.py", "from scheduler.situation import settled", "The independent check"),
    ("scheduler/verify/rules.py", "from scheduler.answers import differences", "The independent check"),
    ("scheduler/verify/levels.py", "from scheduler.plan import groups", "The independent check"),
    ("scheduler/verify/report.py", "from scheduler.model import assignment", "The independent check"),
    ("scheduler/search/large/bounds.py", "from scheduler.model import assignment", "search knows"),
    ("scheduler/answers/busy.py", "from columns import kinds", "The scheduler knows nothing"),
    ("columns/kinds.py", "from inputs import names", "Data flows one way"),
    ("scheduler/verify/levels.py", "from scheduler.linear import model", "The independent check"),
    ("scheduler/rules/gap.py", "from scheduler.rules import order", "A rule knows no other rule"),
    ("scheduler/levels/days.py", "from scheduler.levels import waiting", "A level knows no other level"),
    ("scheduler/seat_rules/weekday.py", "from scheduler.seat_rules import absence", "A rule of one seat"),
    ("scheduler/situation/settled.py", "from scheduler.seats import eligibility", "scheduler's floors"),
    ("scheduler/situation/settled.py", "from scheduler.situation import requirements", CIRCLE),
    ("scheduler/search/small.py", "from scheduler.levels import days", "search knows"),
    ("scheduler/solvers/highs.py", "from scheduler.solvers import cp_sat", "HiGHS's package"),
    ("outputs/ics.py", "from inputs import read", "Data flows one way"),
    ("terminsplan/chain.py", "from service import config", "Data flows one way"),
    ("models/plan.py", "import pandas", "models imports pydantic"),
)


@pytest.mark.parametrize("form", ["{}\n", HIDDEN], ids=["plain", "for types only"])
def test_planted_breaches_break_their_contracts(tmp_path: Path, form: str) -> None:
    for name in PACKAGES:
        shutil.copytree(HOUSE / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(HOUSE / "pyproject.toml", tmp_path)
    for file, line, _ in BREACHES:
        with (tmp_path / file).open("a", encoding="utf-8") as source:
            source.write(form.format(line))
    run = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as lint; lint()", "--no-cache"]
    told = subprocess.run(run, cwd=tmp_path, capture_output=True, text=True, check=False).stdout
    broken = [row for row in told.splitlines() if row.rstrip().endswith("BROKEN")]
    for file, line, contract in BREACHES:
        importer = file.removesuffix(".py").replace("/", ".")
        imported = line.removeprefix("from ").removeprefix("import ").replace(" import ", ".")
        assert any(row.startswith(contract) for row in broken), contract
        if contract != CIRCLE:  # which names packages, not the line
            assert f"{importer} -> {imported} (" in told, (importer, imported)
