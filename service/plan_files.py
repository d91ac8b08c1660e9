"""A plan's files as the commands write them, byte for byte,
to be downloaded and never shown by the service's own address.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpResponse

from service.config import Config
from service.inputs_of_terms import as_zip
from service.models import Plan

DOWNLOADS: Mapping[str, tuple[str, str]] = {
    "plan.xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Arbetsbok"),
    "rapport.html": ("text/html; charset=utf-8", "Rapport"),
    "kalendrar.zip": ("application/zip", "Kalendrar"),
    "plan.json": ("application/json", "Data"),
}
CALENDARS = "kalendrar"


def download(config: Config, plan: Plan, name: str) -> HttpResponse:
    """One of ``DOWNLOADS`` as an attachment that can run nothing."""
    folder = config.plans / plan.folder
    data = as_zip(folder / CALENDARS) if name == f"{CALENDARS}.zip" else (folder / name).read_bytes()
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Security-Policy": "sandbox; default-src 'none'",
    }
    return HttpResponse(data, content_type=DOWNLOADS[name][0], headers=headers)
