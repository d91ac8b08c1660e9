"""The service in this process, on an empty database in a data folder
of its own; PostgreSQL where TERMINSPLAN_TEST_DATABAS names one.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

_FOLDER = Path(tempfile.mkdtemp(prefix="terminsplan-test-"))
os.environ.update(
    TERMINSPLAN_DATA=str(_FOLDER),
    TERMINSPLAN_DATABAS=os.environ.get("TERMINSPLAN_TEST_DATABAS", ""),
    DJANGO_SETTINGS_MODULE="service.settings",
)

from service.config import Config, from_environment, make_folders  # noqa: E402
from service.start import set_up  # noqa: E402
from tests.service.world import World  # noqa: E402


@pytest.fixture(scope="session", autouse=True)
def _database() -> Iterator[None]:
    """Tables, made once; passwords are quick to try."""
    set_up(from_environment())
    from django.test import override_settings

    with override_settings(PASSWORD_HASHERS=["tests.service.passwords.QuickArgon2"]):
        yield
    from django.db import connections

    connections.close_all()
    shutil.rmtree(_FOLDER, ignore_errors=True)


@pytest.fixture
def config() -> Config:
    return from_environment()


@pytest.fixture
def reading_process() -> None:
    """What comes in is read by a process of its own, as in use."""


@pytest.fixture(autouse=True)
def _read_here(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """What comes in is read in this process, unless the test
    asks for ``reading_process``, which takes a second to begin.
    """
    if "reading_process" in request.fixturenames:
        return
    from service.reading import process, upload

    def read(_config: Config, folder: Path, source: str) -> object:
        (folder / upload.FOUND).write_text(json.dumps(process._read(folder, source), ensure_ascii=False), "utf-8")
        return json.loads((folder / upload.FOUND).read_text("utf-8"))

    monkeypatch.setattr(upload, "_run", read)


@pytest.fixture
def world(config: Config, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """An empty service; its rows and folders are thrown away afterwards."""
    from service import letters, plan_contents, row_edits, session_seats, subscribing
    from service.api import door

    make_folders(config)
    door._RATES._left.clear()  # the keys of one test are no hurry of another's
    for kept in (
        letters.opened,
        letters._sending,
        plan_contents.read_once,
        subscribing.read_once,
        row_edits.workbook_once,
        session_seats.read_once,
    ):
        kept.cache_clear()  # each test begins with plan folder 1 anew
    yield World(config, tmp_path_factory)
    _throw_rows_away()
    for folder in (config.plans, config.inputs, config.temporary, config.reports):
        shutil.rmtree(folder)


def _throw_rows_away() -> None:
    """Of all tables, whose numbers begin at 1 again."""
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        for statement in _emptying():
            cursor.execute(statement)


@cache
def _emptying() -> tuple[str, ...]:
    """SQL. Django's own way on PostgreSQL, TRUNCATE, makes the files of
    every table anew: that takes ten times as long for so few rows.
    """
    from django.core.management.color import no_style
    from django.db import connection

    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    numbers = connection.introspection.sequence_list()
    return (
        *(f"DELETE FROM {connection.ops.quote_name(table)}" for table in tables),
        *connection.ops.sequence_reset_by_name_sql(no_style(), numbers),
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All of them read and plan a term, in processes of their own."""
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.slow)
