"""Versions of a term's input: kept whole, one after the other, never changed."""

from __future__ import annotations

import json
import secrets
import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction

from inputs import identity_numbers
from service.access import Actor
from service.clock import today
from service.config import Config
from service.models import AuditEntry, InputVersion, Term
from service.reading.upload import TABLES, Read


class StaleBaseError(Exception):
    """Somebody else has made a newer version meanwhile."""

    def __init__(self, newest: InputVersion | None) -> None:
        super().__init__()
        self.newest = newest

    def told(self) -> str:
        """For the one who came later."""
        if self.newest is None:
            return "Underlaget ändrades samtidigt av någon annan. Försök igen."
        return f"{self.newest.by} sparade version {self.newest.number} av underlaget samtidigt. Försök igen."


def newest(term: Term) -> InputVersion | None:
    """The version that counts now."""
    return InputVersion.objects.filter(term=term).order_by("-number").first()


def keep(config: Config, term: Term, read: Read, by: Actor, *, word: str = "", base: int | None = None) -> InputVersion:
    """A new version of what was read; raises StaleBaseError where ``base`` is not the newest.

    The folder is whole before its row is there.
    """
    folder = config.inputs / f"{term.id}-{secrets.token_hex(8)}"
    read.folder.rename(folder)
    try:
        with transaction.atomic():
            last = newest(term)
            if base is not None and base != (last.number if last else 0):
                raise StaleBaseError(last)
            made = InputVersion.objects.create(
                term=term,
                number=(last.number if last else 0) + 1,
                by=by.name,
                word=identity_numbers.without(word[:200], today()),
                folder=folder.name,
                source=read.source,
                plannable=read.plannable,
                problem_sha256=read.found.get("sha256", ""),
                errors=read.found["errors"],
                warnings=read.found["warnings"],
                sizes=read.found.get("sizes", {}),
            )
            AuditEntry.objects.create(by=by.name, what="underlag", term=term, details=f"version {made.number}")
            return made
    except (StaleBaseError, IntegrityError) as error:
        folder.rename(read.folder)
        read.discard()
        if isinstance(error, IntegrityError):
            raise StaleBaseError(newest(term)) from error
        raise


def tables(config: Config, version: InputVersion) -> list[Mapping[str, Any]]:
    """The tables as text: name and rows, each with the number that Excel shows."""
    return tables_in(config.inputs / version.folder)


def tables_in(folder: Path) -> list[Mapping[str, Any]]:
    """The tables of a folder that was read, as text."""
    found: list[Mapping[str, Any]] = json.loads((folder / TABLES).read_text("utf-8"))
    return found


def keep_again(config: Config, version: InputVersion, by: Actor, *, base: int | None = None) -> InputVersion:
    """A former version once more, as the newest; its folder is shared, since no folder ever changes.

    Raises StaleBaseError where ``base`` is not the newest.
    """
    with transaction.atomic():
        last = newest(version.term)
        if base is not None and base != (last.number if last else 0):
            raise StaleBaseError(last)
        made = InputVersion.objects.create(
            term=version.term,
            number=(last.number if last else 0) + 1,
            by=by.name,
            word=f"Återgång till version {version.number}",
            **{name: getattr(version, name) for name in _OF_A_FOLDER},
        )
        AuditEntry.objects.create(
            by=by.name, what="underlag återgick", term=version.term, details=f"version {version.number}"
        )
        return made


_OF_A_FOLDER = ("folder", "source", "plannable", "problem_sha256", "errors", "warnings", "sizes")


def write_upload(upload: UploadedFile[bytes], place: Path) -> None:
    """An uploaded file, part by part."""
    with place.open("wb") as file:
        for part in upload.chunks():
            file.write(part)


def as_zip(folder: Path) -> bytes:
    """All files of a folder and those below it, sorted, at a fixed time: the same files give the same bytes."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            member = zipfile.ZipInfo(path.relative_to(folder).as_posix(), _FIXED_TIME)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = 0o600 << 16
            archive.writestr(member, path.read_bytes())
    return buffer.getvalue()


_FIXED_TIME = (2026, 1, 1, 0, 0, 0)
