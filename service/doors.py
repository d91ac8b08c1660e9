"""How one comes in on one's own computer: a link that opens the service once, and the file that leads to it."""

from __future__ import annotations

import secrets
from datetime import timedelta
from html import escape
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from service.config import Config, write_closed
from service.models import OneTimeLink
from service.secrets_of_links import digest

VALID_MINUTES = 5
PATH = "oppna"
_FILE = "oppna.html"


def new_link(config: Config) -> str:
    """An address that opens the service once, within five minutes."""
    token = secrets.token_urlsafe(32)
    OneTimeLink.objects.filter(expires__lt=timezone.now()).delete()
    OneTimeLink.objects.create(digest=digest(token), expires=timezone.now() + timedelta(minutes=VALID_MINUTES))
    return f"{config.address}/{PATH}/{token}"


def use(token: str) -> bool:
    """Whether the link is valid; from now on it is not."""
    with transaction.atomic():
        found = OneTimeLink.objects.filter(digest=digest(token))
        valid = found.filter(expires__gte=timezone.now()).exists()
        found.delete()
        return valid


def opening_file(config: Config, link: str) -> Path:
    """A file that only its owner can read, and that leads a browser
    to the link: other users of this computer see no command line.
    """
    place = config.data / _FILE
    write_closed(
        place,
        '<!doctype html><html lang="sv"><meta charset="utf-8">'
        f'<meta http-equiv="refresh" content="0;url={escape(link)}">'
        f'<title>Terminsplan</title><p><a href="{escape(link)}">Öppna Terminsplan</a>',
    )
    return place
