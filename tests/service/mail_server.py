"""A real SMTP server on loopback, which can be told to refuse, to defer, and to hang before it answers."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from ssl import SSLContext
from typing import Any  # what aiosmtpd hands over

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult


@dataclass
class MailServer:
    """What it was given. ``answers`` are its replies to RCPT by address, ``to_data`` that to the
    next messages, one each; between taking a message and saying so it lets ``answer_seconds`` pass.
    """

    port: int = 0
    received: list[tuple[str, str, bytes]] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    to_data: list[str] = field(default_factory=list)
    hang: bool = False
    answer_seconds: float = 0
    arrived: threading.Event = field(default_factory=threading.Event)
    logins: list[tuple[bytes, bytes]] = field(default_factory=list)

    @property
    def messages(self) -> list[EmailMessage]:
        """What it was given, parsed."""
        return [message_from_bytes(data, policy=policy.default) for *_, data in self.received]

    @property
    def ids(self) -> list[str]:
        """Their Message-IDs."""
        return [str(message["Message-ID"]) for message in self.messages]

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: ANN401, N802
        """aiosmtpd's name."""
        answer = self.answers.get(address, "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:  # noqa: ANN401, N802
        """aiosmtpd's name."""
        answer = self.to_data.pop(0) if self.to_data else "250 OK"
        if answer.startswith("250"):
            self.received += [(envelope.mail_from, to, envelope.original_content) for to in envelope.rcpt_tos]
        self.arrived.set()
        await asyncio.sleep(self.answer_seconds)
        if self.hang:
            server.transport.pause_reading()
            await server.loop.create_future()  # until the other side is gone
        return answer

    def authenticate(self, _server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:  # noqa: ANN401
        """Anybody whose password is ``right``."""
        self.logins.append((data.login, data.password))
        return AuthResult(success=data.password == b"right", handled=False)


@contextmanager
def mail_server(context: SSLContext | None = None, *, port: int = 0) -> Iterator[MailServer]:
    """Listening on a port that was free; with a context it wants TLS and a login."""
    made = MailServer()
    secure: dict[str, Any] = {}
    if context is not None:
        secure = {
            "tls_context": context,
            "require_starttls": True,
            "authenticator": made.authenticate,
            "auth_required": True,
        }
    controller = _Controller(made, hostname="127.0.0.1", port=port, **secure)
    controller.start()
    made.port = controller.server.sockets[0].getsockname()[1]  # type: ignore[union-attr]
    try:
        yield made
    finally:
        controller.stop(no_assert=True)


class _Controller(Controller):
    """Port 0 is any that is free; aiosmtpd would try to reach that very number."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]  # type: ignore[union-attr]
        super()._trigger_server()  # type: ignore[no-untyped-call]
