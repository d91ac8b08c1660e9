"""``make last-tjanst``: the loads of SERVICE.md on a service
that plans a city meanwhile; prints a table for docs/service.md.

``python -m tests.torture.service_pressure [SECONDS] [SIZE]``. A region of 1,000 people (another size of
benchmarks/generate.py if named) is planned and published, and 2,000 calendars of it are subscribed to. Requests come by
the clock, each on a connection of its own, and a request's time counts from when it was due.
"""

from __future__ import annotations

import asyncio
import io
import json
import os
import platform
import random
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks.generate import SIZES
from benchmarks.tables import write_folder
from tests.service.running import HOUSE, clean_environment, run, service
from tests.torture.service_load import ENDED, Client

SECONDS, FEEDS, PEOPLE = 60, 2000, 50
_MANY, _FEW, _PAGES = 200, 20, PEOPLE / 10
_CHANGED_IN = 20
"""One in so many asks without a validator, as somebody who has just subscribed."""
_PLAN_SECONDS, _FIRST_PLAN_SECONDS = 60, 300
_HEAD = """\
| last | svar | status | p50 ms | p95 ms | p99 ms | längst ms | fel | gräns för p95 |
|---|---:|---|---:|---:|---:|---:|---:|---|
"""
_MAKE = """
import json, sys
from service.start import django_ready
config = django_ready()
from service import doors, subscribing
from service.access import ALONE
from service.jobs.calendars import KINDS, owners
from service.models import Publication
from service.subscribing import known_owners
now = Publication.objects.order_by("-id").first()
all_of_them = [(owner.kind, owner.id) for owner in known_owners(config, now.term)]
make = subscribing.maker(config, now.term, ALONE)
made = [make(*all_of_them[number % len(all_of_them)]) for number in range(int(sys.argv[1]))]
links = [doors.new_link(config) for _ in range(int(sys.argv[2]))]
json.dump({"feeds": [subscribing.address(config, one) for one in made], "links": links}, sys.stdout)
"""


@dataclass
class Measured:
    """Milliseconds of every answer, and what was no answer that may be given."""

    times: list[float] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)

    def row(self, what: str, most: float) -> str:
        """Of the table; ``most`` milliseconds are allowed for 95 of 100."""
        ordered = sorted(self.times)
        p50, p95, p99 = (ordered[min(len(ordered) - 1, int(len(ordered) * share))] for share in (0.5, 0.95, 0.99))
        told = ", ".join(f"{number} × {status}" for status, number in sorted(self.statuses.items()))
        kept = "ja" if p95 < most and not self.errors else "NEJ"
        return (
            f"| {what} | {len(ordered)} | {told} | {p50:.0f} | {p95:.0f} | {p99:.0f} | {ordered[-1]:.0f} | "
            f"{len(self.errors)} | {most:.0f} ms: {kept} |"
        )


@dataclass(frozen=True)
class Request:
    """What is sent, and the statuses that are right."""

    path: str
    headers: str = ""
    statuses: tuple[int, ...] = (200,)


async def _one(address: str, request: Request, due: float, measured: Measured) -> None:
    host, port = urlsplit(address).hostname, urlsplit(address).port
    try:
        reader, writer = await asyncio.open_connection(host, port)
        asked = f"GET {request.path} HTTP/1.1\r\nHost: {host}:{port}\r\nConnection: close\r\n{request.headers}\r\n"
        writer.write(asked.encode())
        answer = await asyncio.wait_for(reader.read(-1), 60)
        writer.close()
        status = int(answer.split(maxsplit=2)[1])
    except (OSError, TimeoutError, ValueError, IndexError) as error:
        measured.errors.append(f"{request.path[:40]}: {error!r}")
        return
    measured.times.append((time.perf_counter() - due) * 1000)
    measured.statuses[status] = measured.statuses.get(status, 0) + 1
    if status not in request.statuses:
        measured.errors.append(f"{request.path[:40]}: {status}")


async def pressed(address: str, choose: Callable[[], Request], rate: float, seconds: float) -> Measured:
    """So many requests a second, whether those before have been answered or not."""
    measured, tasks, began = Measured(), set[asyncio.Task[None]](), time.perf_counter()
    for number in range(int(rate * seconds)):
        due = began + number / rate
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        task = asyncio.create_task(_one(address, choose(), due, measured))
        tasks.add(task)
        task.add_done_callback(tasks.discard)
    await asyncio.gather(*tasks)
    return measured


def _zipped(size: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        write_folder(SIZES[size](1), Path(folder))
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in sorted(Path(folder).glob("*.csv")):
                archive.write(path, path.name)
    return buffer.getvalue()


def _term(client: Client, size: str) -> int:
    term: int = client.api("POST", "/terms", {"name": size}).json()["id"]
    answer = client.upload(term, "t.zip", _zipped(size))
    assert answer.status == 201, answer.body[:500]
    return term


def _plan(client: Client, term: int, seconds: int) -> int | None:
    asked = client.api("POST", f"/terms/{term}/jobs", {"kind": "plan", "max_seconds": seconds})
    assert asked.status == 202, asked.body
    while True:
        told = client.api("GET", f"/jobs/{asked.json()['id']}").json()
        if told["state"] in ENDED:
            assert told["state"] == "done", told
            plan: int | None = told["plan"]
            return plan
        time.sleep(0.5)


@contextmanager
def _planning(client: Client, term: int) -> Iterator[list[int]]:
    """A city is planned over and over until the load is over."""
    over, plans = threading.Event(), list[int]()

    def again() -> None:
        while not over.is_set():
            plans.append(_plan(client, term, _PLAN_SECONDS) or 0)

    thread = threading.Thread(target=again, daemon=True)
    thread.start()
    try:
        yield plans
    finally:
        over.set()
        thread.join(300)


def _sessions(address: str, links: Sequence[str]) -> list[str]:
    """A cookie of each of the people."""
    found = []
    for link in links:
        answer = Client(address).ask("GET", urlsplit(link).path)
        found.append(answer.headers["set-cookie"].partition(";")[0])
    return found


def _choices(
    address: str, term: int, plan: int, made: dict[str, list[str]]
) -> tuple[Callable[[], Request], Callable[[], Request]]:
    """A calendar, most with the validator that it had, and a page."""
    chance = random.Random(1)
    feeds = [urlsplit(url).path for url in made["feeds"]]
    tags = {path: Client(address).ask("GET", path).headers["etag"] for path in feeds}
    cookies = _sessions(address, made["links"])
    pages = [
        "/",
        f"/terminer/{term}/underlag",
        f"/terminer/{term}/planera",
        f"/planer/{plan}",
        f"/planer/{plan}/personer",
        f"/planer/{plan}/omgangar",
        f"/terminer/{term}/prenumerationer",
        f"/terminer/{term}/narvaro",
        "/logg",
    ]

    def feed() -> Request:
        path = chance.choice(feeds)
        if chance.randrange(_CHANGED_IN) == 0:
            return Request(path)
        return Request(path, f"If-None-Match: {tags[path]}\r\n", (304,))

    def page() -> Request:
        return Request(chance.choice(pages), f"Cookie: {chance.choice(cookies)}\r\n")

    return feed, page


def _machine() -> str:
    model = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if "model name" in line
        ),
        "?",
    )
    return f"{len(os.sched_getaffinity(0))} kärnor ({model}), Python {platform.python_version()}"


def measure(seconds: float, size: str, feeds: int, people: int) -> tuple[list[str], list[Measured]]:
    """The rows of the table and what they were made of."""
    with tempfile.TemporaryDirectory(prefix="terminsplan-last-") as place, service(Path(place)) as running:
        client = Client(running.address, run("nyckel", "skapa", "last", "--data", place).stdout.strip())
        term = _term(client, size)
        plan = _plan(client, term, _FIRST_PLAN_SECONDS)
        assert plan is not None
        assert client.api("POST", f"/plans/{plan}/publish").status == 200
        environment = {
            **clean_environment(),
            "TERMINSPLAN_DATA": place,
            "TERMINSPLAN_ADRESS": urlsplit(running.address).netloc,
        }
        made = subprocess.run(
            [sys.executable, "-c", _MAKE, str(feeds), str(people)],
            env=environment,
            cwd=HOUSE,
            check=True,
            capture_output=True,
            text=True,
        )
        feed, page = _choices(running.address, term, plan, json.loads(made.stdout))
        city = _term(client, "city")
        with _planning(client, city) as plans:
            many = asyncio.run(pressed(running.address, feed, _MANY, seconds))

            async def both() -> tuple[Measured, Measured]:
                few = pressed(running.address, feed, _FEW, seconds)
                return await asyncio.gather(few, pressed(running.address, page, _PAGES, seconds))

            few, pages = asyncio.run(both())
        rows = [
            many.row(f"(a) {_MANY} kalendrar i sekunden av {feeds}, i {seconds:.0f} s", 100),
            few.row(f"(b) {_FEW} kalendrar i sekunden", 100),
            pages.row(f"(b) {people} personer, en sida var tionde sekund", 1000),
        ]
    return [*rows, "", f"{_machine()}. Under tiden blev {len(plans)} planer av en stad klara."], [many, few, pages]


def main() -> None:
    """The table."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS
    rows, measured = measure(seconds, sys.argv[2] if len(sys.argv) > 2 else "region", FEEDS, PEOPLE)
    sys.stdout.write(_HEAD + "\n".join(rows) + "\n")
    for one in measured:
        sys.stderr.writelines(f"{error}\n" for error in one.errors[:20])
    sys.exit(any("NEJ" in row for row in rows))


if __name__ == "__main__":
    main()
