"""The chain of plans that a re-plan continues: from the newest one, as it was written.

korning.json beside each plan holds the hash of its plan.json and of the plan before it. That shows an edited plan.json,
and lets a newer plan be found among the folders beside the old and the new one, where re-plans are kept.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from outputs.names import PLAN
from terminsplan.exits import RefusedError
from terminsplan.store import RUN, Stored, alternatives_in, open_plan, read_regular, resolved

_TEXTS = {"plan_sha256", "previous_sha256", "series"}
_FORCE = "Ange --tvinga om du ändå vill utgå från den."


def check_chain(previous: Stored, folder: Path, planning_date: date) -> None:
    """Refuse to continue from a plan that was edited, has been continued already, or was made later than today."""
    run = run_record(previous.folder)
    if run is None or run.get("plan_sha256") != previous.plan_sha256:
        why = f"{RUN} saknas eller är skadad" if run is None else "plan.json har ändrats sedan den skrevs"
        raise RefusedError(f"{previous.folder}: {why}, så planen kan inte litas på.", _FORCE)
    if newer := sorted(_continued_in(previous, folder)):
        raise RefusedError(
            f"{previous.folder} är inte den senaste planen: {newer[0]} är gjord av den.",
            "Utgå från den senaste med --tidigare. " + _FORCE,
        )
    if planning_date < previous.plan.planning_date:
        raise RefusedError(
            f"Planeringsdagen {planning_date} ligger före den tidigare planens, {previous.plan.planning_date}.",
            "Ange rätt dag med --planeringsdag. " + _FORCE,
        )


def predecessor(stored: Stored, beside: Path | None = None) -> Path | None:
    """The folder of the very plan that a re-plan was made from, told
    by its hash; None if it lies neither beside it nor ``beside``.
    """
    previous = stored.plan.previous
    if previous is None:
        return None
    for folder in (place for home in (stored.folder, beside or stored.folder) for place in _plans_beside(home, home)):
        with suppress(OSError):
            if hashlib.sha256(read_regular(folder / PLAN)).hexdigest() == previous.sha256:
                return folder
    return None


def steps(earlier: Stored, later: Stored) -> tuple[Stored, ...]:
    """The plans from the one after the earlier to the later one, in
    order; refuses where the earlier is not before it in its chain.
    """
    found = [later]
    while found[0].plan.previous is not None:
        if found[0].plan.previous.sha256 == earlier.plan_sha256:
            return tuple(found)
        place = predecessor(found[0], earlier.folder)
        if place is None:
            raise RefusedError(
                f"{earlier.folder} är ingen plan före {later.folder}, eller så fattas en plan mellan dem: den som "
                f"{found[0].folder} är gjord av ligger inte bredvid.",
                "Lägg planerna i kedjan bredvid varandra, eller ange planen närmast före.",
            )
        found.insert(0, open_plan(place))
    raise RefusedError(f"{earlier.folder} är ingen plan före {later.folder}: den är inte gjord av den.")


def same_series(series: str | None, target: Path) -> str | None:
    """The name of a plan folder, at or beside the target, that has the series; none where nobody would look for it."""
    for folder in () if series is None else (target, *_folders_in(target.parent)):
        run = run_record(folder)
        if run is not None and run.get("series") == series:
            return folder.name
    return None


def run_record(folder: Path) -> dict[str, Any] | None:
    """korning.json of a plan folder; None when it is missing or no longer JSON.

    A hash or a series that is no text is left out.
    """
    try:
        found = json.loads(read_regular(folder / RUN))
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(found, dict):
        return None
    return {key: value for key, value in found.items() if key not in _TEXTS or isinstance(value, str)}


def _continued_in(previous: Stored, target: Path) -> Iterator[str]:
    """Plans made from this one, or from what it is an alternative to;
    what was tried by hand counts once somebody has continued from it.
    """
    runs = {folder: run for folder in _plans_beside(previous.folder, target) if (run := run_record(folder)) is not None}
    taken = {*_tried_from(previous, runs.values()), *_rivals(previous.folder)}
    for folder, run in runs.items():
        if run.get("previous_sha256") in taken and _counts(run, runs.values()):
            yield "/".join(folder.parts[-2:]) if alternatives_in(folder.parent) else folder.name


def _counts(run: Mapping[str, Any], runs: Collection[Mapping[str, Any]]) -> bool:
    """It is more than a plan that was tried by hand: one is made from it that is."""
    if not run.get("by_hand"):
        return True
    others = [other for other in runs if other is not run]
    return any(other.get("previous_sha256") == run.get("plan_sha256") and _counts(other, others) for other in others)


def _tried_from(previous: Stored, runs: Collection[Mapping[str, Any]]) -> Iterator[object]:
    """The hash of a plan, and where it was tried by hand of the one that it was made from, and so on."""
    by_hash = {run.get("plan_sha256"): run for run in runs}
    run: Mapping[str, Any] | None = run_record(previous.folder)
    seen = set[object]()
    sha: object = previous.plan_sha256
    while sha not in seen:
        yield sha
        seen.add(sha)
        if run is not None and run.get("by_hand"):
            sha = run.get("previous_sha256")
            run = by_hash.get(sha)


def _rivals(folder: Path) -> Iterator[object]:
    """The hashes of the plans that it is an alternative to."""
    for other in alternatives_in(folder.parent):
        run = run_record(other)
        if run is not None and other != folder:
            yield run.get("plan_sha256")


def _plans_beside(folder: Path, target: Path) -> Iterator[Path]:
    """Plan folders where the next plan of a chain may lie, but for the one that is to be written."""
    home = folder.parent.parent if alternatives_in(folder.parent) else folder.parent
    for place in sorted({home, folder.parent, target.parent}):
        for found in _folders_in(place):
            if found != target:
                yield from (found, *alternatives_in(found))


def _folders_in(place: Path) -> Iterator[Path]:
    """What one may look into; the rest is no concern of ours."""
    with suppress(OSError):
        for found in sorted(place.iterdir()):
            if not found.name.startswith("."):
                with suppress(OSError):
                    yield resolved(found)
