"""Mail of a service that is tortured: who gets word of each
publication, and what may not happen: sent twice, lost, told wrongly.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.service.mail_server import MailServer, mail_server
from tests.service.running import HOUSE, clean_environment, run
from tests.torture.service_archive import rows_of

READERS = 12
"""Accounts of the administration N: each is told of every publication."""
ANSWER_SECONDS = 0.2
"""So long the server takes for a message: a sender that is killed is mostly in the midst of one."""
_PATIENCE_SECONDS = 120
_QUIET_SECONDS = 5 * ANSWER_SECONDS
"""Who has mail in hand mostly gives the server some within this time."""
_MAKE = """
import json, sys
from service.start import configured, set_up
set_up(configured(json.loads(sys.argv[2])))
from django.conf import settings
settings.PASSWORD_HASHERS = ["tests.service.passwords.QuickArgon2"]
from service import rights
from service.models import Account
for number in range(int(sys.argv[1])):
    name = f"lasare{number}"
    values = {"role": "forvaltning", "organisation": "N", "email": f"{name}@example.se"}
    rights.make_account(rights.checked(Account, name, values), "ett langt losenord")
"""
_IN_HAND = frozenset({"väntar", "skickas"})
_ENDS = frozenset({"skickat", "osäkert"})


@contextmanager
def post() -> Iterator[tuple[MailServer, dict[str, str]]]:
    """A server on loopback that takes its time, and what the service is told of it."""
    with mail_server() as server:
        server.answer_seconds = ANSWER_SECONDS
        settings = {
            "SERVER": "127.0.0.1",
            "PORT": str(server.port),
            "SAKERHET": "ingen",
            "AVSANDARE": "tjansten@example.se",
            "PER_MINUT": "10000",
        }
        yield server, {f"TERMINSPLAN_SMTP_{name}": value for name, value in settings.items()}


def with_readers(data: Path, words: Sequence[str]) -> None:
    """Accounts with addresses."""
    made = subprocess.run(
        [
            sys.executable,
            "-c",
            _MAKE,
            str(READERS),
            json.dumps({"data": str(data), "database": words[-1] if words else None}),
        ],
        env=clean_environment(),
        cwd=HOUSE,
        check=False,
        capture_output=True,
        text=True,
    )
    assert made.returncode == 0, made.stderr


def settled(place: Path, server: MailServer, data: Path, words: Sequence[str]) -> Iterator[str]:
    """What is wrong once nothing is in hand any more, seen in copies."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    _until_quiet(server, deadline)
    while _IN_HAND & (states := _states(place, data, words)).keys() and time.monotonic() < deadline:
        time.sleep(0.5)
    yield from told_wrongly(states, server.ids)


def _until_quiet(server: MailServer, deadline: float) -> None:
    """While the server is given mail, no copy is worth its second of the processor."""
    number = -1
    while len(server.received) > number and time.monotonic() < deadline:
        number = len(server.received)
        time.sleep(_QUIET_SECONDS)


def told_wrongly(states: Counter[str], received: Sequence[str]) -> Iterator[str]:
    """Mails by their states in the outbox, and the Message-IDs that the server was given."""
    if other := {state: number for state, number in states.items() if state not in _ENDS}:
        yield f"mails without an end: {other}"
    if twice := [id_ for id_, number in Counter(received).items() if number > 1]:
        yield f"sent twice: {twice}"
    least, most = states["skickat"], states["skickat"] + states["osäkert"]
    if not least <= len(set(received)) <= most:
        yield f"{len(set(received))} mails were given to the server, told of were {dict(states)}"
    if not received:
        yield "no mail was sent at all"


def _states(place: Path, data: Path, words: Sequence[str]) -> Counter[str]:
    copy = place / "post"
    copy.unlink(missing_ok=True)
    done = run("tjanst-kopia", str(copy), "--data", str(data), *words)
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(copy) as archive:
        return Counter(row["state"] for row in rows_of(archive, "Mail"))
