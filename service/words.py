"""What templates know besides what a page gives them: the words of the outputs, and where assets lie."""

from __future__ import annotations

import hashlib
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.http import QueryDict
from jinja2 import Environment, StrictUndefined

from models.ids import Level
from outputs import words
from outputs.html import TEMPLATES
from service.clock import HERE

ASSETS = Path(__file__).parent / "assets"


def environment(**options: Any) -> Environment:  # noqa: ANN401  # what Django hands to Jinja
    """For Django's settings."""
    made = Environment(**{**options, "undefined": StrictUndefined})
    made.globals.update(words=words, asset=asset, page_of=page_of)
    made.filters.update(when=when, level=level)
    return made


def level(name: str) -> str:
    """The name of a level by its id."""
    return next((words.level_name(one) for one in Level if one == name), name)


def when(at: datetime | None) -> str:
    """``tis 15 sep 2026 kl. 09.15``, in Swedish time; ``aldrig`` for nothing."""
    if at is None:
        return "aldrig"
    here = at.astimezone(HERE)
    return f"{words.day(here.date())} kl. {here:%H.%M}"


def page_of(query: QueryDict, name: str, number: int) -> str:
    """The address of the same page, with another page of the list that the parameter ``name`` turns."""
    changed = query.copy()
    changed[name] = str(number)
    return f"?{changed.urlencode()}"


@cache
def asset(name: str) -> str:
    """The address of an asset, another one whenever its bytes are others."""
    report = {"rapport.css": "style.css", "rapport.js": "script.js"}.get(name)
    path = TEMPLATES / report if report else ASSETS / name
    return f"/statisk/{hashlib.sha256(path.read_bytes()).hexdigest()[:12]}/{name}"
