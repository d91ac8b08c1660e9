"""``make torture-tjanst``: the service killed a hundred times
under load, full disks, several planners, a clock that is set.

Writes docs/torture-tjanst.md. ``python -m tests.torture.service_run [KILLS] [SEED]``; takes about a quarter of an hour.
"""

from __future__ import annotations

import sys

from tests.torture import service_faults
from tests.torture.service_kills import VICTIMS, killed
from tests.torture.told import Row, told

KILLS = 100
_DATABASES = {"SQLite": False, "PostgreSQL": True}
_VICTIMS = {
    "web": "the web process",
    "planner": "the planner",
    "sender": "the sender of mail",
    "job": "a job's process",
    "database": "the database",
    "service": "the whole service, by its first process",
}
_INTRODUCTION = """# Torture of the service

What `make torture-tjanst` tries and how often it failed. Half of the kills are on SQLite, half on a PostgreSQL of
Debian's, each at a random moment (from a seed) while people fetch calendars, add hires, plan, re-plan and publish,
and administrations are sent word of it through a slow mail server. On SQLite “the database” is all processes that
have it open, at once. A failure is any wrong byte of a calendar, a version or a hire that was acknowledged and is
lost, a job or a mail without an end, a mail sent twice, one told as sent that was not, half a publication, a
process that is left, an answer that calls it a bug, or a copy that serves something else when it is read back.
"""


def kills(times: int, seed: int) -> list[Row]:
    """A row for each victim and database; what failed stands in the last of its database."""
    rows: list[Row] = []
    for name, postgresql in _DATABASES.items():
        tried, failed = killed(seed, times // len(_DATABASES), postgresql=postgresql)
        rows += [(f"kill -9 of {_VICTIMS[victim]}, {name}", tried[victim], []) for victim in VICTIMS[:-1]]
        rows.append((f"kill -9 of {_VICTIMS[VICTIMS[-1]]}, {name}", tried[VICTIMS[-1]], failed))
    return rows


def main() -> None:
    """Everything, and the table."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else KILLS
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    rows = [*kills(times, seed), *service_faults.rows()]
    told("torture-tjanst.md", _INTRODUCTION, rows)


if __name__ == "__main__":
    main()
