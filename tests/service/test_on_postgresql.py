"""The service's tests once more on PostgreSQL: those of which the database may be a part.

That is what is found by queries, what two do at once, what a transaction holds together, and what is kept as JSON or as
bytes. A file that is not named here runs again.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.needed import absent
from tests.service.postgresql import cluster, programs

HERE = Path(__file__).parent
PATIENCE_SECONDS = 1_800
ONLY_ONCE = {
    "abuse": "tokens, limits and settings; sessions and logins are rows as those of test_access",
    "archive": "knows no database",
    "browser": "pages in a browser; their queries are those of test_access",
    "browser_letters": "pages in a browser",
    "letters": "what letters say",
    "nginx": "what stands before the service",
    "on_postgresql": "this one",
    "openid": "what is asked of a provider and taken from it; accounts are rows as those of test_access",
    "openid_microsoft": "as test_openid",
    "own_pages_in_browser": "pages in a browser",
    "pages": "forms and lists of an input that is read from its folder",
    "refused_start": "the service is not begun",
    "starting": "processes and commands; their database is the one of the folder",
    "subscribed": "what programs read of a calendar; its bytes are those of test_feeds",
    "terms": "which examples are offered",
    "torture": "tries both databases itself",
    "upgrade": "data folders with the database of the folder in them",
    "workbook": "knows no database",
}
"""Why not again, by file."""
PLANNED_ELSEWHERE = (
    "jobs.py::test_moving_somebody_by_hand_is_priced",
    "jobs.py::test_what_a_job_says_names_the_version_and_the_plan_that_it_is_about",
    "replanning.py::test_three_replans_of_the_published_plan_are_those_of_the_command",
    "outbox.py::test_the_connection_is_encrypted_and_the_server_known_before_it_gets_the_password",
    "outbox.py::test_mail_that_is_set_up_wrongly_keeps_the_service_from_starting",
)
"""What is asked of another process, which knows no database; that
it is asked and its answer kept is the matter of tests beside them.
"""


def test_what_is_left_out_is_there() -> None:
    for name in ONLY_ONCE:
        assert (HERE / f"test_{name}.py").exists(), name
    for name in PLANNED_ELSEWHERE:
        file, _, test = name.partition("::")
        assert f"def {test}(" in (HERE / f"test_{file}").read_text("utf-8"), name


def test_the_tests_of_the_service_pass_on_postgresql() -> None:
    if programs() is None:
        absent("PostgreSQL saknas: apt-get install postgresql")
    files = sorted(str(path) for path in HERE.glob("test_*.py") if path.stem.removeprefix("test_") not in ONLY_ONCE)
    less = [f"--deselect=tests/service/test_{name}" for name in PLANNED_ELSEWHERE]
    with cluster() as address:
        environment = {**os.environ, "TERMINSPLAN_TEST_DATABAS": address}
        command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:xdist", "-p", "no:logging", *files, *less]
        done = subprocess.run(
            command,
            cwd=HERE.parents[1],
            env=environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE_SECONDS,
            check=False,
        )
    assert done.returncode == 0, done.stdout[-4000:]
