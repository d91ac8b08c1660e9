"""A data folder of an earlier version is migrated when the service starts, and serves what it served."""

from __future__ import annotations

import http.client
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.awaiting import until
from tests.service.running import run, service
from tests.torture.service_load import Client, Load

SAMPLES = Path(__file__).parents[1] / "data"
LINK = "/k/RAjjbtnCIPpiDlOLnrmpUFdTX5ViMFiNIfCbugHd7Gw.ics"
"""A calendar that was subscribed to in each of the samples; its person is invented."""


@pytest.mark.parametrize("sample", sorted(SAMPLES.glob("tjanst-data-*.zip")), ids=lambda path: path.stem)
def test_what_was_published_is_served_by_this_version(tmp_path: Path, sample: Path) -> None:
    data = tmp_path / "data"
    with zipfile.ZipFile(sample) as archive:
        archive.extractall(data)
    with service(data) as running:
        key = run("nyckel", "skapa", "prov", "--data", str(data)).stdout.strip()
        connection = http.client.HTTPConnection(urlsplit(running.address).netloc, timeout=30)
        connection.request("GET", LINK)
        calendar = connection.getresponse()
        assert (calendar.status, b"BEGIN:VEVENT" in calendar.read()) == (200, True)
        connection.request("GET", "/api/v1/terms", headers={"Authorization": f"Bearer {key}"})
        assert b"HT 2026" in connection.getresponse().read()
        connection.close()


@pytest.mark.parametrize("sample", sorted(SAMPLES.glob("tjanst-data-*.zip")), ids=lambda path: path.stem)
def test_a_database_that_was_migrated_is_as_a_new_one(tmp_path: Path, sample: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    with zipfile.ZipFile(sample) as archive:
        archive.extractall(old)
    for data in (old, new):
        assert run("konto", "lista", "--data", str(data)).returncode == 0
    assert _described(old) == _described(new)
    assert run("tjanst-kopia", str(tmp_path / "kopia"), "--data", str(old)).returncode == 0
    assert run("tjanst-aterstall", str(tmp_path / "kopia"), "--data", str(new)).returncode == 0
    assert _rows(old) == _rows(new)


def test_no_model_was_changed_without_a_migration() -> None:
    from django.core.management import call_command

    call_command("makemigrations", "service", check_changes=True, dry_run=True, verbosity=0)


def _described(data: Path) -> dict[str, list[tuple[object, ...]]]:
    """The columns of every table: name, type, whether there must be a value."""
    with closing(sqlite3.connect(data / "tjanst.sqlite3")) as database:
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        columns = {name: database.execute(f"PRAGMA table_info({name})").fetchall() for name in names}
    return {name: sorted((row[1], row[2], row[3]) for row in rows) for name, rows in columns.items()}


def _rows(data: Path) -> dict[str, int]:
    """How many rows of what was planned, published and subscribed to."""
    tables = ("term", "inputversion", "plan", "planperson", "publication", "frozen", "subscription", "link")
    with closing(sqlite3.connect(data / "tjanst.sqlite3")) as database:
        found = {name: database.execute(f"SELECT count(*) FROM service_{name}").fetchone()[0] for name in tables}
    assert all(found.values()), found
    return found


def test_a_copy_taken_under_load_restores_to_a_service_that_goes_on(tmp_path: Path) -> None:
    data, other, copy = tmp_path / "data", tmp_path / "annan", tmp_path / "kopia"
    with service(data) as running:
        load = Load(Client(running.address))
        load.begin(data)
        load.start()
        until(lambda: len(load.hires) >= 2)
        known = sorted(load.hires)
        taken = run("tjanst-kopia", str(copy), "--data", str(data))
        load.stop()
    assert (taken.returncode, load.failed, len(known) >= 2) == (0, [], True), taken.stderr
    assert run("tjanst-aterstall", str(copy), "--data", str(other)).returncode == 0
    with service(other) as restored:
        key = run("nyckel", "skapa", "igen", "--data", str(other)).stdout.strip()
        again = Load(Client(restored.address, key), load.term, feeds=load.feeds)
        for path in load.feeds:
            answer = Client(restored.address).ask("GET", path)
            assert (answer.status, load.knows(path, answer.body)) == (200, True)
        told = [again.hire(hire) for hire in known]
        assert [answer.status for answer in told if answer is not None] == [200] * len(known)
        plan = again.planned("replan")
        assert plan is not None, again.jobs
        again.publish(plan)
        again.check_calendars()
        assert again.failed == []
