"""All tests of the service once more, on PostgreSQL."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.needed import absent
from tests.service.postgresql import cluster, programs

HERE = Path(__file__).parent
LEFT_OUT = {
    Path(__file__).name,
    "test_own_pages_in_browser.py",
    "test_browser.py",
    "test_browser_letters.py",
    "test_starting.py",
    "test_archive.py",
    "test_upgrade.py",
    "test_torture.py",
    "test_nginx.py",
    "test_subscribed.py",
}


def test_the_tests_of_the_service_pass_on_postgresql() -> None:
    if programs() is None:
        absent("PostgreSQL saknas: apt-get install postgresql")
    files = sorted(str(path) for path in HERE.glob("test_*.py") if path.name not in LEFT_OUT)
    with cluster() as address:
        environment = {**os.environ, "TERMINSPLAN_TEST_DATABAS": address}
        command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:xdist", "-p", "no:logging", *files]
        done = subprocess.run(
            command, cwd=HERE.parents[1], env=environment, capture_output=True, text=True, timeout=600, check=False
        )
    assert done.returncode == 0, done.stdout[-4000:]
