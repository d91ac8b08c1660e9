"""rapport.html in a real browser: accessible in light and dark, fetches nothing, runs nothing, fits a phone.

Needs Chromium, Node and ``npm ci`` in this folder. Skipped where they are missing, except where CI=true.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from outputs.html import report
from tests.needed import absent
from tests.outputs import sample

HERE = Path(__file__).parent
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
NODE = shutil.which("node")
READY = CHROMIUM and NODE and (HERE / "node_modules" / "axe-core").is_dir()
HOSTILE = "\"'><script>window.hacked=1</script><img src=http://127.0.0.1:9/x onerror=window.hacked=1>"


@pytest.fixture(autouse=True)
def _browser() -> None:
    if not READY:
        absent("Chromium, Node eller node_modules saknas: kör npm ci i tests/browser")


def looked_at(path: Path, html: bytes, *views: str) -> dict[str, Any]:
    file = path / "rapport.html"
    file.write_bytes(html)
    assert CHROMIUM, "Chromium saknas"
    assert NODE, "Node saknas"
    command = [NODE, str(HERE / "check_report.mjs"), CHROMIUM, str(file), *views]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_the_report_is_accessible_and_fetches_nothing(tmp_path: Path) -> None:
    term = sample.problem()
    made = sample.plan(term)
    found = looked_at(
        tmp_path, report(term, made, changes=sample.changes(made)), "light:1280", "dark:1280", "light:390"
    )
    assert found["violations"] == []
    assert found["requests"] == []
    assert found["errors"] == []
    assert set(found["overflow"].values()) == {0}


def test_hostile_names_run_nowhere_and_fetch_nothing(tmp_path: Path) -> None:
    term = sample.problem(16, name=HOSTILE)
    made = sample.plan(term)
    found = looked_at(tmp_path, report(term, made, changes=sample.changes(made)), "dark:390")
    assert (found["ran"], found["dialogs"], found["requests"]) == ([], 0, [])
    assert found["violations"] == []
