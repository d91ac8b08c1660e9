"""kill -9 of the service's processes and of its database at
random moments under load, and what must be true afterwards.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import socket
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.service.postgresql import Cluster, running
from tests.service.running import Running, run, service
from tests.torture import service_mail
from tests.torture.service_archive import rows_of
from tests.torture.service_load import PATIENCE_SECONDS, Client, Load

VICTIMS = ("web", "planner", "sender", "job", "database", "service")
_MODULES = {
    "web": ["service", "web"],
    "planner": ["service", "planner"],
    "sender": ["service", "sender"],
    "job": ["service.jobs.process"],
}
_END_SECONDS = 10
_UNFORESEEN = ("Traceback", "fel i terminsplan", "Error ", "File ")


def processes(data: Path) -> Iterator[tuple[int, list[str]]]:
    """Living processes of the service with this data folder, and their commands."""
    mark = f"TERMINSPLAN_DATA={data}\0".encode()
    for place in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if mark in (place / "environ").read_bytes():
                yield int(place.name), (place / "cmdline").read_bytes().decode().split("\0")[:-1]


@dataclass
class Torture:
    """A service that is killed and comes back, on SQLite or on a PostgreSQL that is killed too."""

    place: Path
    cluster: Cluster | None
    environment: Mapping[str, str] = field(default_factory=dict)
    killed: dict[str, int] = field(default_factory=lambda: dict.fromkeys(VICTIMS, 0))

    def __post_init__(self) -> None:
        self.data = self.place / "data"
        self.words = ("--databas", self.cluster.address) if self.cluster else ()
        with socket.create_server(("127.0.0.1", 0)) as free:
            self._port = free.getsockname()[1]
        self._opened = ExitStack()

    def start(self) -> Running:
        """On the port it had before."""
        errors = self.place / "fel.txt"
        begun = service(self.data, *self.words, port=self._port, errors=errors, environment=self.environment)
        self.running = self._opened.enter_context(begun)
        return self.running

    def kill(self, victim: str) -> bool:
        """Whether there was one to kill."""
        if victim == "service":
            self.running.process.kill()
            self.running.process.wait()
            self.start()
        elif victim == "database" and self.cluster:
            self.cluster.kill()
            time.sleep(0.5)
            self.cluster.start()
        else:
            wanted = [_MODULES[victim]] if victim in _MODULES else list(_MODULES.values())
            found = [
                pid for pid, words in processes(self.data) if any(words[2 : 2 + len(one)] == one for one in wanted)
            ]
            for pid in found:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            if not found:
                return False
        self.killed[victim] += 1
        return True

    def end(self) -> list[str]:
        """In order; what is wrong with how it ended."""
        code = self.running.stop()
        deadline = time.monotonic() + _END_SECONDS
        while (left := list(processes(self.data))) and time.monotonic() < deadline:
            time.sleep(0.05)
        self._opened.close()
        said = (self.place / "fel.txt").read_text("utf-8")
        wrong = [] if code == 0 and not left else [f"it ended with {code}, and left {left}"]
        return wrong + [f"it said: {said[-2000:]}"] * any(word in said for word in _UNFORESEEN)

    def close(self) -> None:
        """Whatever runs yet."""
        self._opened.close()


def killed(
    seed: int, times: int, *, postgresql: bool, victims: Sequence[str] = VICTIMS
) -> tuple[dict[str, int], list[str]]:
    """How often each was killed, and what failed."""
    place = Path(tempfile.mkdtemp(prefix="terminsplan-prov-"))
    with ExitStack() as opened:
        opened.callback(shutil.rmtree, place, ignore_errors=True)
        cluster = opened.enter_context(running()) if postgresql else None
        server, settings = opened.enter_context(service_mail.post())
        torture = Torture(place, cluster, settings)
        opened.callback(torture.close)
        load = Load(Client(torture.start().address))
        service_mail.with_readers(torture.data, torture.words)
        load.begin(torture.data, *torture.words)
        load.start()
        _strike(torture, load, random.Random(seed), times, victims)
        load.stop()
        load.check_calendars()
        mail = list(service_mail.settled(place, server, torture.data, torture.words))
        failed = [*load.failed, *mail, *whole(torture, load), *torture.end()]
        return torture.killed, failed


def _strike(torture: Torture, load: Load, chance: random.Random, times: int, victims: Sequence[str]) -> None:
    """In rounds, each of every victim once in another order; the service is let come back before it is struck again."""
    for number in range(times):
        if number % len(victims) == 0:
            order = chance.sample(victims, len(victims))
        time.sleep(chance.random() * 2)
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not torture.kill(order[number % len(victims)]) and time.monotonic() < deadline:
            time.sleep(chance.random() * 0.2)
        load.struck = time.monotonic()
        load.until(lambda: load.client.ask("GET", "/api/v1/health"), 200)


def whole(torture: Torture, load: Load) -> Iterator[str]:
    """What is kept, seen in a copy; and that the copy, read back elsewhere, serves the same calendars."""
    place = torture.place / "kopia"
    done = run("tjanst-kopia", str(place), "--data", str(torture.data), *torture.words)
    if done.returncode:
        yield f"no copy: {done.stderr}"
        return
    with zipfile.ZipFile(place) as archive:
        yield from _kept(load, lambda name: rows_of(archive, name), archive)
    other = torture.place / "annan"
    if run("tjanst-aterstall", str(place), "--data", str(other)).returncode:
        yield "the copy is not read back"
        return
    with service(other) as restored:
        again = Load(Client(restored.address), feeds=load.feeds)
        for path in load.feeds:
            told = [Client(address).ask("GET", path) for address in (load.client.address, again.client.address)]
            if (told[0].status, told[0].body) != (told[1].status, told[1].body):
                yield f"{load.feeds[path]} is another in the copy"


def _kept(load: Load, rows: Callable[[str], list[dict[str, Any]]], archive: zipfile.ZipFile) -> Iterator[str]:
    versions = sorted(rows("InputVersion"), key=lambda row: row["number"])
    numbers = [row["number"] for row in versions]
    if numbers != list(range(1, len(numbers) + 1)) or not set(load.hires.values()) <= set(numbers):
        yield f"versions are lost: {numbers}, told of were {load.hires}"
    names = set(archive.namelist())
    for row in versions:
        if f"filer/underlag/{row['folder']}/indata.json" not in names:
            yield f"version {row['number']} has no files"
    newest = json.loads(archive.read(f"filer/underlag/{versions[-1]['folder']}/indata.json"))
    if lost := set(load.hires) - {hire["id"] for hire in newest["hires"]}:
        yield f"hires are lost: {sorted(lost)}"
    for job in rows("Job"):
        if job["state"] not in ("done", "failed", "cancelled"):
            yield f"job {job['id']} is {job['state']}"
    calendars = {(row["plan"], row["kind"], row["owner"]): row["path"] for row in rows("PlanCalendar")}
    for plan in rows("Plan"):
        if f"filer/planer/{plan['folder']}/plan.json" not in names:
            yield f"plan {plan['id']} has no files"
    frozen: dict[int, set[tuple[str, str]]] = {}
    for row in rows("Frozen"):
        frozen.setdefault(row["publication"], set()).add((row["kind"], row["owner"]))
    for publication in rows("Publication"):
        whole = {(kind, owner) for plan, kind, owner in calendars if plan == publication["plan"]}
        if frozen.get(publication["id"], set()) != whole:
            yield f"publication {publication['id']} is not whole"
