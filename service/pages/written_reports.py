"""Rapporter: what ``uppfoljning`` and ``dimensionera`` wrote into the data folder."""

from __future__ import annotations

from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from service.access import COORDINATORS
from service.pages.page import config, page, shown

_KINDS = {
    ".html": "text/html; charset=utf-8",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".json": "application/json",
}


@page(COORDINATORS)
def reports(request: HttpRequest) -> HttpResponse:
    """Folders with their files."""
    return shown(request, "reports.html", {"folders": _folders(), "home": config().reports})


@page(COORDINATORS)
def file(request: HttpRequest, folder: str, name: str) -> HttpResponse:
    """A file of one of them, as an attachment that can run nothing."""
    path = next((path for found, paths in _folders() if found == folder for path in paths if path.name == name), None)
    if path is None:
        raise Http404
    headers = {
        "Content-Disposition": content_disposition_header(True, path.name) or "attachment",
        "Content-Security-Policy": "sandbox; default-src 'none'",
    }
    return HttpResponse(path.read_bytes(), content_type=_KINDS[path.suffix], headers=headers)


def _folders() -> list[tuple[str, list[Path]]]:
    """The newest first; links are not followed."""
    homes = [place for place in config().reports.iterdir() if place.is_dir() and not place.is_symlink()]
    found = [
        (home.name, sorted(p for p in home.iterdir() if p.suffix in _KINDS and p.is_file() and not p.is_symlink()))
        for home in sorted(homes, key=lambda place: place.stat().st_mtime, reverse=True)
        if not home.name.startswith(".")
    ]
    return [(name, paths) for name, paths in found if paths]
