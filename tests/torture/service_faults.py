"""A service whose disk is full or only to be read, that has two
planners, or whose clock is set: what is told, and what is still true.
"""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from tests.service.running import HOUSE, clean_environment, run
from tests.torture.service_archive import rows_of
from tests.torture.service_kills import Torture, processes, whole
from tests.torture.service_load import PATIENCE_SECONDS, Answer, Client, Load
from tests.torture.told import Row

_DISK_BYTES = 48_000_000
_JOBS = 8
_SHIFTS = (-3_600, 2 * 86_400, -86_400)
"""How the clock is set, one after the other: seconds from the true time."""


@contextmanager
def _begun(place: Path, **environment: str) -> Iterator[tuple[Torture, Load]]:
    """A service with a published plan, and afterwards the faults that every test looks for."""
    torture = Torture(place, None, environment)
    try:
        load = Load(Client(torture.start().address))
        load.begin(torture.data)
        yield torture, load
        load.check_calendars()
        load.failed += [*whole(torture, load), *torture.end()]
    finally:
        torture.close()


@contextmanager
def _place() -> Iterator[Path]:
    place = Path(tempfile.mkdtemp(prefix="terminsplan-prov-"))
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def may_mount() -> bool:
    """Whether this machine lets a small disk be made."""
    with _place() as place:
        mounted = subprocess.run(["mount", "-t", "tmpfs", "none", str(place)], capture_output=True, check=False)
        if mounted.returncode == 0:
            subprocess.run(["umount", str(place)], check=True)
        return mounted.returncode == 0


def full_disk() -> Row:
    """A real disk of some megabytes, filled to its last byte while a job goes on, and emptied again."""
    with _place() as place, ExitStack() as opened:
        (place / "data").mkdir(mode=0o700)
        size = f"size={_DISK_BYTES},mode=700"
        subprocess.run(["mount", "-t", "tmpfs", "-o", size, "none", str(place / "data")], check=True)
        opened.callback(lambda: subprocess.run(["umount", "-l", str(place / "data")], check=False))
        with _begun(place) as (_, load):
            fill = place / "data" / "fyllnad"
            tried = _without_room(load, lambda: _fill(fill), fill.unlink)
    return "disk full, then emptied (SQLite, plans and input on one small disk)", tried, load.failed


def small_files() -> Row:
    """No process of the service may make a file grow: as a quota does."""
    with _place() as place, _begun(place) as (torture, load):

        def limit(most: int) -> None:
            for pid, _ in processes(torture.data):
                resource.prlimit(pid, resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))

        tried = _without_room(load, lambda: limit(1024), lambda: limit(resource.RLIM_INFINITY))
    return "no file may grow, then they may again", tried, load.failed


def _without_room(load: Load, take: Callable[[], None], give: Callable[[], None]) -> int:
    """A job is begun, then there is no room: calendars are right,
    all else is done or told as what it is. Then there is room again.
    """
    asked = {"kind": "replan", "planning_date": "2026-08-03", "max_seconds": 5}
    job = load.until(lambda: load.client.api("POST", f"/terms/{load.term}/jobs", asked), 202)
    assert job is not None, load.failed
    take()
    hire = {"id": "fullt", "namn": "Ny", "förvaltning": "N", "anställd_från": "2026-08-10", "e-post": "ny@example.se"}
    calls: list[tuple[Callable[[], Answer], set[int]]] = [
        (lambda: load.client.api("POST", f"/terms/{load.term}/hires", hire), {201, 507, 503}),
        (lambda: load.client.api("POST", "/terms", {"name": "fullt"}), {201, 507, 503}),
        (lambda: load.client.api("POST", f"/terms/{load.term}/jobs", asked), {202, 507, 503}),
        (lambda: load.client.api("GET", "/health"), {200, 503}),
    ]
    for call, expected in calls:
        answer = call()
        if answer.status not in expected:
            load.failed.append(f"without room: {answer.status} {answer.body[:300]!r}")
        for path in load.feeds:
            load.fetch(path)
    give()
    load.ended(job.json()["id"])
    if load.planned("replan") is None:
        load.failed.append(f"no plan though there is room again: {load.jobs}")
    if load.until(lambda: load.client.api("POST", f"/terms/{load.term}/hires", hire), 200, 201):
        load.hires["fullt"] = 1
    return len(calls)


def read_only() -> Row:
    """A data folder that can only be read: a service that goes on
    serves its calendars, and a start is refused in one sentence.
    """
    failed = []
    with _place() as place, _begun(place) as (torture, load):
        data = str(torture.data)
        subprocess.run(["mount", "--bind", data, data], check=True)
        subprocess.run(["mount", "-o", "remount,bind,ro", data], check=True)
        try:
            hire = {"id": "last", "namn": "Ny", "förvaltning": "N", "anställd_från": "2026-08-10"}
            answer = load.client.api("POST", f"/terms/{load.term}/hires", hire)
            if answer.status not in (503, 507):
                failed.append(f"read-only: {answer.status} {answer.body[:300]!r}")
            for path in load.feeds:
                load.fetch(path)
            refused = run("tjanst", "--data", data, "--adress", "127.0.0.1:0", "--ingen-webblasare")
            if refused.returncode != 2 or refused.stderr.count("\n") != 1 or "Fel: " not in refused.stderr:
                failed.append(f"a start: {refused.returncode} {refused.stderr}")
        finally:
            subprocess.run(["umount", "-l", data], check=True)
    return "data folder read-only", 3, failed + load.failed


def two_planners() -> Row:
    """Two planners more, and jobs for all of them: each job is done once."""
    with _place() as place, _begun(place) as (torture, load):
        environment = {**clean_environment(), "TERMINSPLAN_DATA": str(torture.data)}
        command = [sys.executable, "-m", "service", "planner"]
        more = [subprocess.Popen(command, stdin=subprocess.PIPE, env=environment, cwd=HOUSE) for _ in range(2)]
        asked = {"kind": "plan", "planning_date": "2026-08-03", "max_seconds": 5}
        jobs = [load.client.api("POST", f"/terms/{load.term}/jobs", asked).json()["id"] for _ in range(_JOBS)]
        for job in jobs:
            load.ended(job)
        for one in more:
            one.communicate(timeout=PATIENCE_SECONDS)
        run("tjanst-kopia", str(place / "jobb"), "--data", str(torture.data))
        with zipfile.ZipFile(place / "jobb") as archive:
            states = [(row["state"], row["attempts"]) for row in rows_of(archive, "Job")]
            if set(states) != {("done", 1)} or len(rows_of(archive, "Plan")) != len(states):
                load.failed.append(f"jobs and attempts: {states}")
    return "three planners, each job once", _JOBS, load.failed


def _shim(place: Path) -> Path:
    """The library that makes a process see another time of day."""
    library = place / "clock.so"
    source = Path(__file__).with_name("clock.c")
    subprocess.run(["gcc", "-shared", "-fPIC", "-O1", "-o", str(library), str(source)], check=True)
    return library


def clock_set(*shifts: int) -> Row:
    """The clock is set back and forth while a job goes on: it is
    done once, and what is published is new to who asks by its time.
    """
    with _place() as place:
        clock = place / "klocka"
        clock.write_text("0\n")
        with _begun(place, LD_PRELOAD=str(_shim(place)), CLOCK_FILE=str(clock)) as (torture, load):
            for shift in shifts or _SHIFTS:
                before = _changed(load)
                asked = {"kind": "replan", "planning_date": "2026-08-03", "max_seconds": 5}
                job = load.client.api("POST", f"/terms/{load.term}/jobs", asked).json()["id"]
                while load.client.api("GET", f"/jobs/{job}").json()["state"] == "queued":
                    time.sleep(0.02)
                clock.write_text(f"{shift}\n")
                plan = load.ended(job)
                if plan is None:
                    load.failed.append(f"{shift}: job {job} is {load.jobs[job]}")
                    continue
                load.publish(plan)
                path = next(iter(load.feeds))
                asked_since = Client(load.client.address).ask("GET", path, If_Modified_Since=before)
                if asked_since.status != 200:
                    load.failed.append(f"{shift}: {asked_since.status} for who has what was published before")
            run("tjanst-kopia", str(place / "jobb"), "--data", str(torture.data))
            with zipfile.ZipFile(place / "jobb") as archive:
                if attempts := [row["attempts"] for row in rows_of(archive, "Job") if row["attempts"] != 1]:
                    load.failed.append(f"attempts: {attempts}")
    return "the clock set back and forth while a job goes on", len(shifts or _SHIFTS), load.failed


def _changed(load: Load) -> str:
    answer = Client(load.client.address).ask("GET", next(iter(load.feeds)))
    return answer.headers["last-modified"]


def _fill(place: Path) -> None:
    """A file as large as there is room."""
    with suppress(OSError), place.open("wb", buffering=0) as file:
        while file.write(bytes(1 << 12)):
            pass


def rows() -> list[Row]:
    """All of them."""
    kinds = [full_disk, read_only] if may_mount() else []
    return [kind() for kind in (*kinds, small_files, two_planners, clock_set)]
