"""All files of a plan folder (OUTPUT.md, "Files in UT"), made one by one while they are written."""

from __future__ import annotations

import hashlib
import json
import os
import platform
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import PurePosixPath

from outputs import html, plan_json, xlsx
from outputs.ics import EVERYTHING, calendars
from outputs.ics import changes as changes_by_mail
from terminsplan.conflicts import as_data
from terminsplan.planning import Clock, Made
from terminsplan.store import CALENDARS, CHANGES, INPUT, PLAN, RUN, Content

RUN_SCHEMA = 1
_PACKAGES = ("terminsplan", "ortools", "pydantic", "icalendar", "xlsxwriter", "holidays", "tzdata")


def plan_files(made: Made, clock: Clock) -> Iterator[tuple[PurePosixPath, Content]]:
    """The plan and everything made from it; korning.json last, since it tells how long the others took."""
    problem, plan, before = made.order.problem, made.plan, made.order.previous
    digest = hashlib.sha256()
    yield PurePosixPath(PLAN), _passing(plan_json.plan_parts(plan), digest.update)
    yield PurePosixPath(INPUT), plan_json.problem_bytes(problem)
    if made.changes is not None:
        yield PurePosixPath(CHANGES), plan_json.changes_bytes(made.changes)
    clock.lap("json")
    for path, calendar in calendars(problem, plan, selection=EVERYTHING):
        yield CALENDARS / path, calendar
    if before is not None:
        for path, mail in changes_by_mail(problem, plan, before.problem, before.plan):
            yield CALENDARS / path, mail
    clock.lap("calendars")
    yield PurePosixPath("plan.xlsx"), xlsx.workbook(problem, plan, changes=made.changes)
    clock.lap("workbook")
    yield PurePosixPath("rapport.html"), html.report(problem, plan, changes=made.changes)
    clock.lap("report")
    yield PurePosixPath(RUN), _run_bytes(made, clock, digest.hexdigest())


def _passing(parts: Iterable[bytes], look: Callable[[bytes], object]) -> Iterator[bytes]:
    """The parts as they are, each looked at on its way."""
    for part in parts:
        look(part)
        yield part


def _run_bytes(made: Made, clock: Clock, plan_sha256: str) -> bytes:
    """korning.json: what differs from run to run, and the hash that shows an edited plan.json. Names no user."""
    options, plan = made.order.options, made.plan
    content = {
        "schema": RUN_SCHEMA,
        "plan_sha256": plan_sha256,
        "plan_number": plan.plan_number,
        "series": plan.series,
        "previous_sha256": plan.previous.sha256 if plan.previous else None,
        "ending": made.outcome.ending,
        "options": {
            "max_seconds": options.max_seconds,
            "seed": options.seed,
            "stability": options.stability,
            "suggestions": options.suggestions,
        },
        "kept_breaches": as_data(made.outcome.kept_breaches),
        "seconds": clock.seconds,
        "phase_seconds": {phase: round(seconds, 3) for phase, seconds in made.outcome.phase_seconds},
        "level_seconds": {level: round(seconds, 3) for level, seconds in made.outcome.level_seconds},
        "versions": {"python": platform.python_version(), **_versions()},
        "machine": {
            "system": platform.system(),
            "release": platform.release(),
            "processor": platform.machine(),
            "cores": os.cpu_count(),
        },
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _versions() -> Mapping[str, str | None]:
    return {name: _version(name) for name in _PACKAGES}


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:  # a checkout that is not installed
        return None
