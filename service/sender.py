"""The sender: takes mails from the outbox one by one, writes them, and hands them to the operator's server."""

from __future__ import annotations

import sys
import threading
from contextlib import suppress

from django.db import Error as AnyDatabaseError
from django.db import close_old_connections, connection
from django.db.backends.signals import connection_created

from service import letters, notices, outbox
from service.access import Actor
from service.config import Config
from service.models import Mail, Role
from service.smtp import Delivery, Server, Verdict, deliver
from terminsplan.bug_report import lines

_IDLE_SECONDS = 1.0
_AWAY_SECONDS = (2.0, 10.0, 60.0, 300.0)
"""Until a server that does not answer is asked again."""


class Sender:
    """``stop`` is set when the service ends."""

    def __init__(self, config: Config, server: Server, stop: threading.Event) -> None:
        self._config = config
        self._server = server
        self._stop = stop
        self._away = 0

    def run(self) -> None:
        """Until the service ends. A database that is away for a while is waited for."""
        connection_created.connect(_write_through, weak=False)
        connection.close()
        begun = False
        while not self._stop.is_set():
            pause = _IDLE_SECONDS
            try:
                if not begun:
                    outbox.lost()
                    begun = True
                pause = self.once()
            except AnyDatabaseError:
                close_old_connections()
            self._stop.wait(pause)

    def once(self) -> float:
        """One mail, if there is one whose time has come; how many seconds to wait before the next."""
        mail = outbox.next_mail()
        if mail is None:
            return _IDLE_SECONDS
        message = self._written(mail)
        if message is None:
            outbox.unmade(mail)
            return 0
        if not outbox.claim(mail):
            return 0
        delivery = deliver(self._server, mail.address, message)
        self._told(mail, delivery)
        if delivery.verdict is Verdict.AWAY:
            self._away += 1
            return _AWAY_SECONDS[min(self._away, len(_AWAY_SECONDS)) - 1]
        self._away = 0
        return 60 / self._server.a_minute

    def _written(self, mail: Mail) -> bytes | None:
        """The message; None for what cannot be made, which must not keep the others from being sent."""
        try:
            return message_of(self._config, self._server, mail)
        except AnyDatabaseError:
            raise
        except Exception as error:
            sys.stderr.writelines(f"{line}\n" for line in lines(error))
            return None

    def _told(self, mail: Mail, delivery: Delivery) -> None:
        """Written down as often as it takes: if the service ends first, the mail is uncertain."""
        while True:
            with suppress(AnyDatabaseError):
                outbox.told(mail, delivery)
                return
            close_old_connections()
            if self._stop.wait(_IDLE_SECONDS):
                return


def message_of(config: Config, server: Server, mail: Mail) -> bytes | None:
    """What is sent; of a letter the same bytes as ``utskick`` writes. None where it has nobody to go to."""
    if mail.what != Mail.What.LETTER:
        return notices.message(config, server.sender, mail)
    assert mail.publication is not None
    of = letters.sending(config, mail.publication.plan, mail.since.plan if mail.since else None)
    addressee = letters.find(of, mail.kind, mail.owner)
    if addressee is None:
        return None
    link = letters.links(config, mail.term, Actor(mail.by, Role.COORDINATOR.value))
    return letters.one(of, addressee, link)[1]


def _write_through(connection: object, **_: object) -> None:
    """Also after a power cut what was begun is known to have been begun: SQLite waits for the disk at every commit."""
    if getattr(connection, "vendor", "") == "sqlite":
        with connection.cursor() as cursor:  # type: ignore[attr-defined]
            cursor.execute("PRAGMA synchronous=FULL")
