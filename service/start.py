"""What every process of the service begins with: its configuration, Django, and a watch over its parent."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TextIO

from service import database
from service.config import Config, default_folder, from_environment, is_loopback, make_folders, split_address

_SETTINGS = "service.settings"
ADDRESS_FILE = "adress"
"""In the data folder while a service for one user answers: where."""


def configured(values: Mapping[str, Any]) -> Config:
    """The configuration that a command was given, told to Django and to all processes to come."""
    host, port = split_address(values.get("address") or "127.0.0.1:8321")
    data = Path(values["data"]).expanduser().absolute() if values.get("data") else default_folder()
    given = values.get("database") or Config(data).setting("DATABAS") or None
    shared = bool(values.get("shared")) or not is_loopback(host)
    config = Config(data, host, port, given, shared)
    database.refuse_unfit(config)
    os.environ.update(config.environment())
    return config


def set_up(config: Config) -> None:
    """Folders, Django and the tables of the database, made or migrated."""
    make_folders(config)
    django_ready()
    from django.core.management import call_command  # noqa: PLC0415  # Django is set up just now

    call_command("migrate", interactive=False, verbosity=0)


def django_ready() -> Config:
    """Django, for a process that was started with a configuration."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", _SETTINGS)
    import django  # noqa: PLC0415  # its settings are known just now

    django.setup()
    return from_environment()


def when_parent_ends(act: Callable[[], object], stream: TextIO = sys.stdin) -> None:
    """Do something when standard input ends, which the parent holds open for as long as it lives."""

    def wait() -> None:
        for _ in stream:
            pass
        act()

    threading.Thread(target=wait, daemon=True).start()
