"""A small term with tasks, a mentor and a trainer, and browsers that hold nothing but a link."""

from __future__ import annotations

import re
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.service.world import HOST, Made, World

TABLES = {
    "inställningar": "nyckel;värde\ntermin;HT 2026\nplaneringsdag;2026-12-01\nterminsslut;2026-12-18\n",
    "mentorer": "id;namn;förvaltning;e-post;högst\nm1;Mona Mentor;N;mona@example.se;2\nm2;Moa Modig;C;;9\n",
    "uppgifter": (
        "id;namn;ansvarig;från_dag;till_dag;upprepas\n"
        "u1;Läs riktlinjerna;nyanställd;0;7;\nu2;Veckosamtal;mentor;7;21;varje vecka\nu3;Dator och kort;chef;-3;0;\n"
    ),
    "utbildare": "id;namn;e-post\nub;Ulla Berg;ulla@example.se\n",
    "tillfällen": (
        "omgång;moment;datum;start;slut;plats;utbildare\n"
        "CI-1;1;2026-09-01;09:00;16:00;Rådhuset;Ulla Berg\n"
        "CI-1;2;2026-09-15;09:00;16:00;Rådhuset;Ulla Berg\n"
        "CI-2;1;2026-10-06;09:00;16:00;Rådhuset;Vera Vik\n"
        "CI-2;2;2026-10-20;09:00;16:00;Rådhuset;Vera Vik\n"
    ),
}


def term_of_introductions(world: World) -> Made:
    """p1 and p4 (N) have Mona as mentor, the others (C) Moa; Ulla stands in the table of trainers, Vera does not."""
    return world.made_of("introductions", "2026-08-03", **TABLES)


def is_today(monkeypatch: pytest.MonkeyPatch, day: str) -> None:
    """The day that all of the service takes it to be."""
    at = date.fromisoformat(day)
    for module in ("pages.own_pages", "pages.attendance", "weeding"):
        monkeypatch.setattr(f"service.{module}.today", lambda: at)


def link(world: World, term: Any, kind: str, owner: str) -> str:  # noqa: ANN401
    """The path of somebody's own page, made by a coordinator."""
    from service import own_pages
    from service.access import ALONE

    made = own_pages.create(world.config, term, ALONE, kind=kind, owner=owner)
    return urlsplit(own_pages.address(world.config, made)).path


def anybody() -> Any:  # noqa: ANN401
    """A browser without a session."""
    from django.test import Client

    return Client(HTTP_HOST=HOST, raise_request_exception=False)


def text_of(answer: Any) -> str:  # noqa: ANN401
    """What a page says, less its elements."""
    return " ".join(re.sub(r"<[^>]*>", " ", answer.content.decode()).split())
