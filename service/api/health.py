"""``/health``: whether the service lives. No key is needed, and nothing is told that is anybody's."""

from __future__ import annotations

import shutil
from importlib.metadata import PackageNotFoundError, version

from django.conf import settings
from django.db import Error as AnyDatabaseError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from service.api.door import answer
from service.api.problems import problem
from service.jobs import claims
from service.models import Job


@csrf_exempt
def health(request: HttpRequest) -> HttpResponse:
    """As SERVICE.md has it."""
    if request.method not in ("GET", "HEAD"):
        return problem(405, headers={"Allow": "GET, HEAD"})
    try:
        planners, queue = claims.living(), Job.objects.filter(state=Job.State.QUEUED).count()
    except AnyDatabaseError:
        return answer({"status": "database"}, 503)
    return answer(
        {
            "status": "ok",
            "version": _version(),
            "database": "sqlite" if settings.CONFIG.database is None else "postgresql",
            "planner": "running" if planners else "down",
            "queue": queue,
            "disk_free": shutil.disk_usage(settings.CONFIG.data).free,
        }
    )


def _version() -> str | None:
    try:
        return version("terminsplan")
    except PackageNotFoundError:  # a checkout that is not installed
        return None
