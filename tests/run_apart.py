"""pytest of its own, under the rules of tests/conftest.py, on tests that are given as text."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Collection
from pathlib import Path

HERE = Path(__file__).parent


def said_of(tests: str, folder: Path, *options: str, slow: Collection[str] = ()) -> str:
    """What pytest says of them beside a copy of conftest.py, where ``slow`` names those in the list."""
    shutil.copy(HERE / "conftest.py", folder)
    (folder / "slow.txt").write_text("".join(f"{name}\n" for name in slow), "utf-8")
    (folder / "test_here.py").write_text(tests, "utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-W", "ignore", *options]
    surroundings = {**os.environ, "PYTHONPATH": str(HERE.parent)}
    return subprocess.run(command, cwd=folder, env=surroundings, capture_output=True, text=True, check=False).stdout
