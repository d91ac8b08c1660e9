"""All files of a plan folder (OUTPUT.md, "Files in UT"), made one by one while they are written."""

from __future__ import annotations

import hashlib
import json
import os
import platform
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import PurePosixPath

from outputs.files import OUTPUTS
from outputs.files.kinds import Content, Files, Output, Planned
from outputs.names import PLAN
from scheduler.solvers.clock import Stopwatch
from terminsplan.conflicts import as_data
from terminsplan.files_beside import made_beside
from terminsplan.planning import Made
from terminsplan.processes import cores
from terminsplan.store import RUN

RUN_SCHEMA = 1
FEWEST_FOR_TWO = 5_000
"""Requirements of a plan from which a second process makes some of its outputs; it takes two seconds to begin."""
_PACKAGES = ("terminsplan", "ortools", "pydantic", "icalendar", "xlsxwriter", "holidays", "tzdata")


def plan_files(made: Made, stopwatch: Stopwatch) -> Iterator[tuple[PurePosixPath, Content]]:
    """The plan and everything made from it; korning.json last, since it tells how long the others took."""
    digest = hashlib.sha256()
    given = made.plan_input
    before = given.previous
    planned = Planned(
        given.problem, made.plan, made.changes, before.problem if before else None, before.plan if before else None
    )
    written = [PurePosixPath(RUN)]
    with _makers(planned) as placed:
        for output in (output for output in OUTPUTS if output.in_plan):
            for path, content in placed(output, replace(planned, written=tuple(written))):
                written.append(path)
                yield path, _passing(content, digest.update) if path.name == PLAN else content
            stopwatch.end(output.phase)
    yield PurePosixPath(RUN), _run_bytes(made, stopwatch, digest.hexdigest())


@contextmanager
def _makers(planned: Planned) -> Iterator[Callable[[Output, Planned], Files]]:
    """Who makes the files of each output: this process, or for a large plan also one beside it."""
    if len(planned.plan.requirements) < FEWEST_FOR_TWO or cores() == 1:
        yield Output.placed
        return
    beside = tuple(output for output in OUTPUTS if output.beside)
    with made_beside(beside, planned) as files:
        yield lambda output, so_far: files(output) if output.beside else output.placed(so_far)


def _passing(content: Content, look: Callable[[bytes], object]) -> Iterator[bytes]:
    """The parts as they are, each looked at on its way."""
    for part in (content,) if isinstance(content, bytes) else content:
        look(part)
        yield part


def _run_bytes(made: Made, stopwatch: Stopwatch, plan_sha256: str) -> bytes:
    """korning.json: what differs from run to run, and the hash that shows an edited plan.json. Names no user."""
    options, plan = made.plan_input.options, made.plan
    content = {
        "schema": RUN_SCHEMA,
        "plan_sha256": plan_sha256,
        "plan_number": plan.plan_number,
        "series": plan.series,
        "previous_sha256": plan.previous.sha256 if plan.previous else None,
        **({"by_hand": True} if made.by_hand else {}),
        "ending": made.outcome.ending,
        "options": {
            "max_seconds": options.max_seconds,
            "seed": options.seed,
            "stability": options.stability,
            "suggestions": options.suggestions,
        },
        "kept_breaches": as_data(made.outcome.kept_breaches),
        "solver_failures": made.outcome.solver_failures,
        "unexplained": made.outcome.unexplained,
        "seconds": {phase: round(seconds, 3) for phase, seconds in stopwatch.seconds.items()},
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
