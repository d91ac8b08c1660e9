"""A service under load, and what may not happen to it: wrong
bytes, lost versions, jobs without an end, half a publication.

Errors of connection are allowed while a process is away, and 503 and 507 where the service says that a database or a
disk is. Everything else is a failure, gathered in ``Load.failed``.
"""

from __future__ import annotations

import hashlib
import http.client
import io
import json
import threading
import time
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.service.running import run
from tests.terminsplan.small import SMALL

AWAY = frozenset({503, 507})
ENDED = frozenset({"done", "failed", "cancelled"})
DAY = "2026-08-03"
PATIENCE_SECONDS = 240
_TIMEOUT_SECONDS = 60
_PAUSE_SECONDS = 0.05
_SEATS = SMALL["omgångar"].replace("CI-1;CI;2", "CI-1;CI;400").replace("CI-2;CI;1", "CI-2;CI;400")
_SUBSCRIBED = (*(("person", hire) for hire in ("p1", "p2", "p3")), ("forvaltning", "N"), ("omgang", "CI-1"))


@dataclass(frozen=True)
class Answer:
    """What came back; names of headers in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:  # noqa: ANN401  # whatever JSON holds
        """The body."""
        return json.loads(self.body)


@dataclass(frozen=True)
class Client:
    """Somebody with a key; each request is a connection of its own, as calendars make them."""

    address: str
    key: str = ""

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Answer:
        """One request; raises OSError or HTTPException where no whole answer came."""
        connection = http.client.HTTPConnection(urlsplit(self.address).netloc, timeout=_TIMEOUT_SECONDS)
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.key:
            given["Authorization"] = f"Bearer {self.key}"
        try:
            connection.request(method, path, body, given)
            answer = connection.getresponse()
            return Answer(
                answer.status, {name.casefold(): value for name, value in answer.headers.items()}, answer.read()
            )
        finally:
            connection.close()

    def api(self, method: str, path: str, content: object = None) -> Answer:
        """A call of the API."""
        if content is None:
            return self.ask(method, f"/api/v1{path}")
        return self.ask(method, f"/api/v1{path}", json.dumps(content).encode(), Content_Type="application/json")

    def upload(self, term: int, name: str, data: bytes) -> Answer:
        """A version of input."""
        head = f'--x\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode()
        body = head + data + b"\r\n--x--\r\n"
        return self.ask("POST", f"/api/v1/terms/{term}/inputs", body, Content_Type="multipart/form-data; boundary=x")


def tables() -> bytes:
    """The small term with many seats, as a zip of CSV files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in (SMALL | {"omgångar": _SEATS}).items():
            archive.writestr(f"{name}.csv", text)
    return buffer.getvalue()


@dataclass
class Load:
    """Clients that go on until told to stop, and what they know to be true."""

    client: Client
    term: int = 0
    failed: list[str] = field(default_factory=list)
    feeds: dict[str, str] = field(default_factory=dict)
    hires: dict[str, int] = field(default_factory=dict)
    jobs: dict[int, str] = field(default_factory=dict)
    answers: int = 0
    unanswered: int = 0
    struck: float = 0.0
    """When something was killed last, by the monotonic clock."""
    _known: dict[tuple[str, str], int] = field(default_factory=dict)
    _published: int = 0
    _tags: dict[str, str] = field(default_factory=dict)
    _stop: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)

    def begin(self, data: Path, *words: str) -> None:
        """A term planned, published and subscribed to, by a key of a coordinator's; before any fault."""
        self.client = Client(
            self.client.address, run("nyckel", "skapa", "prov", "--data", str(data), *words).stdout.strip()
        )
        self.term = self._made(self.client.api("POST", "/terms", {"name": "HT 2026"}), 201)["id"]
        self._made(self.client.upload(self.term, "t.zip", tables()), 201)
        plan = self.planned("plan")
        assert plan is not None, self.failed
        for kind, owner in _SUBSCRIBED:
            made = self._made(
                self.client.api("POST", f"/terms/{self.term}/subscriptions", {"kind": kind, "id": owner}), 201
            )
            self.feeds[urlsplit(made["url"]).path] = f"{kind}/{owner}.ics"
        self.publish(plan)

    def start(self) -> None:
        """All of them."""
        work: list[Callable[[], None]] = [self._fetch, self._fetch, self._hire, self._replan]
        self._threads = [threading.Thread(target=self._again_and_again, args=(one,), daemon=True) for one in work]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """They finish what they have begun."""
        self._stop.set()
        for thread in self._threads:
            thread.join(PATIENCE_SECONDS)
            if thread.is_alive():
                self.failed.append("a client waits for ever")

    def until(self, ask: Callable[[], Answer], *statuses: int) -> Answer | None:
        """Asked again while the service is away; None, and a failure, for an answer that nobody may get."""
        begun = time.monotonic()
        while self.patient(begun):
            answer = self.once(ask)
            if answer is not None and answer.status in statuses:
                return answer
            if answer is not None:
                self.failed.append(f"status {answer.status} in place of {statuses}: {answer.body[:300]!r}")
                return None
            time.sleep(_PAUSE_SECONDS)
        self.failed.append("the service does not come back")
        return None

    def patient(self, begun: float) -> bool:
        """Whether what was begun then may be waited for yet: so
        long after it, and after the last that was killed meanwhile.
        """
        return time.monotonic() < max(begun, self.struck) + PATIENCE_SECONDS

    def once(self, ask: Callable[[], Answer]) -> Answer | None:
        """None where nobody answered, or the service said that something was away."""
        try:
            answer = ask()
        except (OSError, http.client.HTTPException):
            self.unanswered += 1
            return None
        self.answers += 1
        return None if answer.status in AWAY else answer

    def planned(self, kind: str) -> int | None:
        """A job seen through to its end: its plan, if it made one."""
        asked = {"kind": kind, "planning_date": DAY, "max_seconds": 5}
        answer = self.until(lambda: self.client.api("POST", f"/terms/{self.term}/jobs", asked), 202)
        return self.ended(answer.json()["id"]) if answer else None

    def ended(self, job: int) -> int | None:
        """How a job ended, looked for until it has; its plan, if it made one."""
        begun = time.monotonic()
        while self.patient(begun):
            answer = self.until(lambda: self.client.api("GET", f"/jobs/{job}"), 200)
            if answer is None:
                return None
            told = answer.json()
            self.jobs[job] = told["state"]
            if told["state"] in ENDED:
                if told["state"] == "done" and told["plan"] is None:
                    self.failed.append(f"job {job} is done without a plan")
                plan: int | None = told["plan"]
                return plan
            time.sleep(_PAUSE_SECONDS * 4)
        self.failed.append(f"job {job} has no end: {self.jobs.get(job)}")
        return None

    def publish(self, plan: int) -> None:
        """What its calendars are is known before anybody can get them."""
        answer = self.until(lambda: self.client.api("GET", f"/plans/{plan}/kalendrar.zip"), 200)
        if answer is None:
            return
        with zipfile.ZipFile(io.BytesIO(answer.body)) as archive:
            for path, name in self.feeds.items():
                digest = hashlib.sha256(archive.read(name)).hexdigest()
                self._known[path, digest] = plan
        if self.until(lambda: self.client.api("POST", f"/plans/{plan}/publish"), 200):
            self._published = plan

    def fetch(self, path: str) -> None:
        """One calendar, with the validator of the last time;
        never older than what was published when it was asked for.
        """
        least, tag = self._published, self._tags.get(path, "")
        answer = self.once(lambda: Client(self.client.address).ask("GET", path, If_None_Match=f'"{tag}"'))
        if answer is None:
            return
        if answer.status == 200:
            digest = hashlib.sha256(answer.body).hexdigest()
            right = answer.headers.get("etag") == f'"{digest}"' and self._known.get((path, digest), -1) >= least
            self._tags[path] = digest
        else:
            right = answer.status == 304 and self._known.get((path, tag), -1) >= least and not answer.body
        if not right:
            of = self._known.get((path, self._tags.get(path, "")))
            self.failed.append(f"{self.feeds[path]}: {answer.status} of plan {of}, at least {least}")

    def knows(self, path: str, body: bytes) -> bool:
        """Whether it is a calendar of a plan that was to be published."""
        return (path, hashlib.sha256(body).hexdigest()) in self._known

    def hire(self, hire: str) -> Answer | None:
        """Somebody new, or known already."""
        row = {
            "id": hire,
            "namn": f"Ny {hire}",
            "förvaltning": "N",
            "anställd_från": "2026-08-10",
            "e-post": "ny@example.se",
        }
        return self.until(lambda: self.client.api("POST", f"/terms/{self.term}/hires", row), 200, 201)

    def check_calendars(self) -> None:
        """All are those of one publication, whole."""
        plans = []
        for path in self.feeds:
            answer = self.until(lambda path=path: Client(self.client.address).ask("GET", path), 200)  # type: ignore[misc]
            if answer is not None:
                plans.append(self._known.get((path, hashlib.sha256(answer.body).hexdigest()), -1))
        if not plans or min(plans) < self._published:
            self.failed.append(f"calendars of plans {plans}, published {self._published}")

    def _again_and_again(self, work: Callable[[], None]) -> None:
        while not self._stop.is_set():
            work()
            self._stop.wait(_PAUSE_SECONDS)

    def _fetch(self) -> None:
        for path in self.feeds:
            self.fetch(path)

    def _hire(self) -> None:
        """Somebody new, told of until the service has said that it knows her."""
        hire = f"h{len(self.hires) + 1}"
        answer = self.hire(hire)
        if answer is not None:
            self.hires[hire] = answer.json()["version"]

    def _replan(self) -> None:
        plan = self.planned("replan")
        if plan is not None:
            self.publish(plan)

    def _made(self, answer: Answer, status: int) -> Any:  # noqa: ANN401  # whatever JSON holds
        assert answer.status == status, (answer.status, answer.body[:500])
        return answer.json()
