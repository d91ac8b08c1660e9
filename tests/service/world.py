"""What tests of the service begin with: a small term, read and planned once for all of them, and whoever asks."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from service.config import Config
from tests.terminsplan.small import SMALL, write_tables

HOST = "127.0.0.1"
UNITS = (
    SMALL["nyanställda"]
    .replace("prioritet\n", "prioritet;enhet\n")
    .replace("se;\n", "se;;Norra\n")
    .replace("se;2\n", "se;2;Södra\n")
)


@dataclass(frozen=True)
class Made:
    """A folder with a version of input and one with its plan, as the service's processes left them."""

    input: Path
    plan: Path


@cache
def made(base: Path, planning_date: str = "2026-08-03", **changed: str) -> Made:
    """The small term, with some tables replaced or added, read and planned."""
    from service.jobs.index import index
    from service.jobs.process import JobTerminal, _request
    from service.reading import process
    from terminsplan.job import run
    from terminsplan.store import open_plan

    given = base / "input"
    write_tables(given / "csv", **{"nyanställda": UNITS, **changed})
    (given / process.FOUND).write_text(json.dumps(process._read(given, "csv")), "utf-8")
    home = base / "plan"
    home.mkdir()
    task = {"source": str(given / "csv"), "output": str(home / "plan"), "options": {"planning_date": planning_date}}
    run(_request(task), JobTerminal(lambda _told: None))
    (home / "index.json").write_text(json.dumps(index(open_plan(home / "plan"))), "utf-8")
    return Made(given, home)


@dataclass
class World:
    """Makes terms, plans, keys and sessions."""

    config: Config
    factory: pytest.TempPathFactory
    _keys: dict[str, str] = field(default_factory=dict)

    def made(self) -> Made:
        """Shared by all tests of a run."""
        base = self.factory.getbasetemp() / "small-term"
        base.mkdir(exist_ok=True)
        return made(base)

    def made_of(self, name: str, planning_date: str, **changed: str) -> Made:
        """Another term than the small one, known by a name of its own; shared by all tests of a run."""
        base = self.factory.getbasetemp() / name
        base.mkdir(exist_ok=True)
        return made(base, planning_date, **changed)

    def term(self, name: str = "HT 2026", of: Made | None = None) -> Any:  # noqa: ANN401  # a model is known once Django is set up
        """A term with one version of input."""
        from service.models import InputVersion, Term

        term = Term.objects.create(name=name)
        folder = f"{term.id}-a"
        given = of or self.made()
        shutil.copytree(given.input, self.config.inputs / folder)
        found = json.loads((given.input / "last.json").read_text("utf-8"))
        InputVersion.objects.create(
            term=term,
            number=1,
            by="test",
            folder=folder,
            source="csv",
            plannable=found["plannable"],
            errors=found["errors"],
            warnings=found["warnings"],
            sizes=found["sizes"],
        )
        return term

    def plan(self, term: Any, predecessor: Any = None, of: Made | None = None) -> Any:  # noqa: ANN401
        """A plan of the term, as a planner would have left it."""
        from service.jobs import claims
        from service.models import InputVersion, Job

        version = InputVersion.objects.filter(term=term)[0]
        job = Job.objects.create(
            term=term, version=version, base=predecessor, kind="plan", by="test", state="running", planner="p"
        )
        home = self.config.plans / f"{job.id}-1"
        shutil.copytree((of or self.made()).plan, home)
        index = json.loads((home / "index.json").read_text("utf-8"))
        assert claims.end_with_plan(job, f"{home.name}/plan", index, "", None)
        job.refresh_from_db()
        return job.plan

    def published(self, of: Made | None = None) -> Any:  # noqa: ANN401
        """A published plan of a new term."""
        from service import publishing
        from service.access import ALONE

        plan = self.plan(self.term(of=of), of=of)
        publishing.publish(self.config, plan, ALONE)
        return plan

    def key(self, role: str = "samordnare", organisation: str = "", unit: str = "") -> str:
        """A key of that role."""
        from service import rights

        name = f"{role} {organisation} {unit}"
        if name not in self._keys:
            fields = {"name": name, "role": role, "organisation": organisation, "unit": unit}
            self._keys[name] = rights.make_key(fields)
        return self._keys[name]

    def api(self, method: str, path: str, content: object = None, key: str | None = None, **more: Any) -> Any:  # noqa: ANN401
        """A call of the API, with a coordinator's key unless another is given; a blank one is none."""
        from django.test import Client

        headers = {} if key == "" else {"Authorization": f"Bearer {key or self.key()}"}
        given: dict[str, Any] = (
            {} if content is None else {"data": json.dumps(content), "content_type": "application/json"}
        )
        client = Client(raise_request_exception=False)
        return client.generic(method, f"/api/v1{path}", headers=headers, HTTP_HOST=HOST, **given, **more)

    def browser(self) -> Any:  # noqa: ANN401
        """The one user of this computer, come in by the link."""
        from django.test import Client

        from service import doors

        client = Client(HTTP_HOST=HOST, raise_request_exception=False)
        client.get(doors.new_link(self.config).partition(str(self.config.port))[2])
        return client

    def feed(self, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
        """A request for a calendar: status, headers, bytes."""
        from service.feeds import Feeds

        told: list[Any] = []
        environ = {"REQUEST_METHOD": method, "PATH_INFO": path, **{f"HTTP_{k.upper()}": v for k, v in headers.items()}}
        body = b"".join(Feeds()(environ, lambda status, given: told.extend((status, given))))
        return int(told[0].split()[0]), dict(told[1]), body
