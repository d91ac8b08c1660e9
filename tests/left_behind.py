"""What a test must leave as it found it, since those that follow
in the same process stand on it: compared by tests/conftest.py.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import time
from collections.abc import Mapping
from pathlib import Path

HOUSE = ("terminsplan", "service", "models", "columns", "inputs", "scheduler", "outputs")
_SIGNALS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGXFSZ") if hasattr(signal, name)]
_LOGGERS = ("", "terminsplan", "django")
_OF_PYTEST = "PYTEST_CURRENT_TEST"
_CONNECTION = ("transaction_mode", "isolation_level", "autocommit", "in_atomic_block", "needs_rollback")
"""What a connection of Django's is told by its users, as far as each database knows it."""


def process_state() -> Mapping[str, object]:
    """What belongs to the process: quick, since it is asked for each test."""
    held_back = signal.pthread_sigmask(signal.SIG_BLOCK, ()) if hasattr(signal, "pthread_sigmask") else ()
    return {
        "environment": {name: value for name, value in os.environ.items() if name != _OF_PYTEST},
        "working directory": Path.cwd(),
        "who hears signals": [signal.getsignal(number) for number in _SIGNALS],
        "signals held back": set(held_back),
        "sys.path": list(sys.path),
        "logging": [_of_logger(logging.getLogger(name)) for name in _LOGGERS],
        "time zone": time.tzname,
        **_connections(),
    }


def _of_logger(logger: logging.Logger) -> tuple[object, ...]:
    return logger.level, logger.propagate, logger.disabled, logger.manager.disable


def django_ready() -> tuple[bool, bool]:
    """Whether Django has its settings, and is set up: with the first it sets
    the time zone, with the second loggers, once for all tests to come.
    """
    conf, apps = sys.modules.get("django.conf"), sys.modules.get("django.apps")
    return conf is not None and conf.settings.configured, apps is not None and apps.apps.ready


def _connections() -> Mapping[str, object]:
    """Of each that is open; nothing while Django has no settings, which to ask it for a connection would give it."""
    django = sys.modules.get("django.db")
    has_settings, _ = django_ready()
    opened = django.connections.all(initialized_only=True) if django is not None and has_settings else ()
    return {
        f"{name} of Django's connection {one.alias}": getattr(one, name)
        for one in opened
        if one.connection is not None
        for name in _CONNECTION
        if hasattr(one, name)
    }


def house_state() -> Mapping[str, Mapping[str, object]]:
    """What each name of each loaded module of the house stands for: a function that was replaced, a limit, a cache."""
    modules = [(name, module) for name, module in list(sys.modules.items()) if name.partition(".")[0] in HOUSE]
    return {name: dict(vars(module)) for name, module in modules}


def house_changed(before: Mapping[str, Mapping[str, object]], after: Mapping[str, Mapping[str, object]]) -> list[str]:
    """The names of modules in both that stand for something else; most modules are as they were, and looked at once."""
    modules = sorted(name for name in before.keys() & after.keys() if before[name] != after[name])
    return [f"{name}.{word}" for name in modules for word in changed(before[name], after[name])]


def changed(before: Mapping[str, object], after: Mapping[str, object]) -> list[str]:
    """The names in both that stand for something else: what is in one alone was loaded, opened or closed by the way."""
    names = sorted(name for name in before.keys() & after.keys() if _differ(before[name], after[name]))
    return [f"{name}{_where(before[name], after[name])}" for name in names]


def _differ(before: object, after: object) -> bool:
    return before is not after and (type(before) is not type(after) or before != after)


def _where(before: object, after: object) -> str:
    """Which of a table's entries differ: their names alone, for values may be secrets."""
    if not isinstance(before, dict) or not isinstance(after, dict):
        return ""
    return f" ({', '.join(sorted(str(name) for name, _ in before.items() ^ after.items()))})"
