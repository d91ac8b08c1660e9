"""A copy of everything in one file, the same for both databases; taken while the service runs, and put back."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any

from django.apps import apps
from django.contrib.sessions.models import Session
from django.core import serializers
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.models import Q

from service import outbox, subscribing, weeding
from service.config import Config, RefusedStartError
from service.models import (
    ApiKey,
    AuditEntry,
    Beat,
    InputVersion,
    Job,
    LoginAttempt,
    OneTimeLink,
    OwnPage,
    Plan,
    Subscription,
)

FORMAT = 1
_META = "kopia.json"
_LEFT_OUT = (ApiKey, Beat, LoginAttempt, OneTimeLink)
_BATCH = 200
_INTERRUPTED = "Jobbet fanns i en kopia som har lästs tillbaka. Starta det på nytt."


def write(config: Config, place: Path) -> None:
    """A consistent copy, closed to others; raises RefusedStartError where there is a file already."""
    if place.exists():
        raise RefusedStartError(f"{place} finns redan. Ange ett nytt namn.")
    if not place.absolute().parent.is_dir():
        raise RefusedStartError(f"Mappen {place.absolute().parent} finns inte.")
    handle, name = tempfile.mkstemp(dir=place.absolute().parent, prefix=".terminsplan-kopia-")
    try:
        with os.fdopen(handle, "wb") as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive, _snapshot():
            archive.writestr(_META, json.dumps({"format": FORMAT, "tables": [model.__name__ for model in _kept()]}))
            for model in _kept():
                with archive.open(f"rader/{model.__name__}.jsonl", "w") as rows:
                    for row in model._default_manager.order_by("pk").iterator(_BATCH):
                        rows.write(serializers.serialize("jsonl", [row]).encode())
            for path, below in _files(config):
                archive.write(path, below.as_posix())
        Path(name).replace(place)
    finally:
        Path(name).unlink(missing_ok=True)


def read_back(config: Config, place: Path) -> None:
    """All that there is becomes what the copy holds, at once or not at all; sessions are ended, the outbox is held.

    Links that were closed or changed since the copy was taken are so still.
    """
    if not place.is_file():
        raise RefusedStartError(f"{place} finns inte.")
    try:
        with zipfile.ZipFile(place) as archive:
            meta = json.loads(archive.read(_META))
            if meta["format"] != FORMAT:
                raise RefusedStartError(f"{place} är gjord av en nyare version av Terminsplan.")
            records = _records(archive)
            _unpack(config, archive)
            with transaction.atomic():
                closed = _closed_now()
                _replace_rows(archive, meta["tables"])
                _close_again(config, closed)
                outbox.hold()
                AuditEntry.objects.create(by="kommando", what="kopia återläst")
            weeding.add_records(config, records)
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, ValueError) as error:
        raise RefusedStartError(f"{place} är ingen hel kopia av tjänsten. Inget har ändrats.") from error


_Closed = Mapping[type[Subscription] | type[OwnPage], Sequence[tuple[str, int, datetime | None]]]


def _closed_now() -> _Closed:
    """Links that were closed or changed, by the key, the generation
    and the moment: someone may have them who should not.
    """
    changed = Q(generation__gt=1) | Q(revoked__isnull=False)
    return {
        model: list(model._default_manager.filter(changed).values_list("key", "generation", "revoked"))
        for model in (Subscription, OwnPage)
    }


def _close_again(config: Config, closed: _Closed) -> None:
    """What was closed since the copy was taken stays closed, and what was changed since stays so."""
    for model, rows in closed.items():
        known = {row.key: row for row in model._default_manager.filter(key__in=[key for key, _, _ in rows])}
        for key, generation, revoked in rows:
            row = known.get(key)
            if row is None:
                continue
            while row.generation < generation:
                row.generation += 1
                subscribing.hand_out(config, row)
            row.revoked = row.revoked or revoked
            row.save(update_fields=("generation", "revoked"))


def _kept() -> list[type[models.Model]]:
    return [model for model in apps.get_app_config("service").get_models() if model not in _LEFT_OUT]


def _files(config: Config) -> Iterator[tuple[Path, PurePosixPath]]:
    """What rows refer to, whose folders never change; reports; and what was thrown away by decision."""
    homes = {
        config.inputs: set(InputVersion.objects.values_list("folder", flat=True)),
        config.plans: {PurePosixPath(folder).parts[0] for folder in Plan.objects.values_list("folder", flat=True)},
    }
    for home, folders in homes.items():
        for folder in sorted(folders):
            for path in sorted((home / folder).rglob("*")):
                if path.is_file():
                    yield path, PurePosixPath("filer", *path.relative_to(config.data).parts)
    for path in sorted(config.reports.rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield path, PurePosixPath("filer", *path.relative_to(config.data).parts)
    if (config.data / weeding.RECORDS).is_file():
        yield config.data / weeding.RECORDS, PurePosixPath(weeding.RECORDS)


def _records(archive: zipfile.ZipFile) -> list[str]:
    """The gallringsprotokoll of the service that the copy was taken of; copies of earlier versions have none."""
    try:
        return archive.read(weeding.RECORDS).decode().splitlines()
    except KeyError:
        return []


def _unpack(config: Config, archive: zipfile.ZipFile) -> None:
    """Folders that are not there yet, each moved there when it is
    whole; one that is there is the same, for none ever changes.
    """
    aside = Path(tempfile.mkdtemp(dir=config.temporary))
    try:
        for member in archive.infolist():
            path = PurePosixPath(member.filename)
            if len(path.parts) < 4 or path.parts[0] != "filer" or ".." in path.parts:
                continue
            home = config.data / path.parts[1]
            if home not in (config.inputs, config.plans, config.reports) or (home / path.parts[2]).exists():
                continue
            place = aside.joinpath(*path.parts[1:])
            place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with archive.open(member) as source, place.open("wb") as target:
                shutil.copyfileobj(source, target)
        for folder in aside.glob("*/*"):
            folder.rename(config.data / folder.relative_to(aside))
    finally:
        shutil.rmtree(aside)


def _replace_rows(archive: zipfile.ZipFile, tables: Iterable[str]) -> None:
    known = {model.__name__: model for model in _kept()}
    ended: tuple[type[models.Model], ...] = (Session, OneTimeLink, LoginAttempt)
    for model in (*reversed(_kept()), *ended):
        model._default_manager.all().delete()
    for name in tables:
        with archive.open(f"rader/{name}.jsonl") as rows:
            _load(known[name], rows)
    Job.objects.filter(state__in=(Job.State.QUEUED, Job.State.RUNNING)).update(
        state=Job.State.FAILED, message=_INTERRUPTED
    )
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(known.values())):
            cursor.execute(statement)


def _load(model: type[models.Model], rows: Iterable[bytes]) -> None:
    batch: list[models.Model] = []
    for line in rows:
        batch += [found.object for found in serializers.deserialize("jsonl", line.decode(), ignorenonexistent=True)]
        if len(batch) >= _BATCH:
            model._default_manager.bulk_create(batch)
            batch = []
    model._default_manager.bulk_create(batch)


@contextmanager
def _snapshot() -> Iterator[None]:
    """All that is read in here is of one moment, and nobody waits for it."""
    with _beside_others(), transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


@contextmanager
def _beside_others() -> Iterator[None]:
    """Transactions that begin in here leave the right to write to others. Those after it take that right as they begin
    again: SQLite refuses it, without a wait, to one that has read before another process wrote.
    """
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    settings: Any = connection  # a proxy of Django's, which knows nothing of what SQLite alone has
    usual, settings.transaction_mode = settings.transaction_mode, "DEFERRED"
    try:
        yield
    finally:
        settings.transaction_mode = usual
