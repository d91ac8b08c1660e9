"""Mail by SMTP (RFC 5321): the operator's server, and one mail
handed to it, told so that it is known whether it was taken.
"""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum

from outputs.letters.mail import mailable
from service.config import Config, RefusedStartError

_SECONDS = 30.0
_A_MINUTE = 30
_MOST_SAID = 300


class Security(StrEnum):
    """How the connection is kept from others: TLS after it began, TLS from the beginning, or not at all."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "ingen"


_PORTS: Mapping[Security, int] = {Security.STARTTLS: 587, Security.TLS: 465, Security.NONE: 25}


@dataclass(frozen=True)
class Server:
    """The server that mail is handed to. ``sender`` is where
    bounces go, and whom mails of the service itself are from.
    """

    host: str
    port: int
    security: Security
    user: str
    password: str
    sender: str
    a_minute: int


class Verdict(StrEnum):
    """What became of a mail; it was surely not sent, but for ``TAKEN``, and ``UNKNOWN``, which nobody can tell."""

    TAKEN = "taken"
    REFUSED = "refused"
    LATER = "later"
    AWAY = "away"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Delivery:
    """The verdict, and in Swedish why it is not taken."""

    verdict: Verdict
    words: str = ""


def server_of(config: Config) -> Server | None:
    """The server from the operator's settings; None where
    there is none. Raises RefusedStartError for what cannot be.
    """
    host = config.setting("SMTP_SERVER")
    if not host:
        return None
    security = config.setting("SMTP_SAKERHET") or Security.STARTTLS.value
    if security not in set(Security):
        raise RefusedStartError(f"TERMINSPLAN_SMTP_SAKERHET ska vara ett av {', '.join(Security)}.")
    sender = mailable(config.setting("SMTP_AVSANDARE"))
    if sender is None:
        raise RefusedStartError(
            "TERMINSPLAN_SMTP_AVSANDARE ska vara en e-postadress: dit studsar brev som inte kommer fram."
        )
    made = Server(
        host=host,
        port=_number(config, "SMTP_PORT", _PORTS[Security(security)], 65_535),
        security=Security(security),
        user=config.setting("SMTP_ANVANDARE"),
        password=config.setting("SMTP_LOSENORD"),
        sender=sender,
        a_minute=_number(config, "SMTP_PER_MINUT", _A_MINUTE, 10_000),
    )
    if bool(made.user) != bool(made.password):
        raise RefusedStartError(
            "TERMINSPLAN_SMTP_ANVANDARE och TERMINSPLAN_SMTP_LOSENORD hör ihop: sätt båda, eller ingen."
        )
    if not (made.user + made.password).isascii():
        raise RefusedStartError("Användaren och lösenordet till e-postservern får bara ha tecknen i ASCII.")
    if made.user and made.security is Security.NONE:
        raise RefusedStartError(
            "Lösenordet till e-postservern skickas inte utan kryptering: sätt TERMINSPLAN_SMTP_SAKERHET till "
            "starttls eller tls."
        )
    return made


def deliver(server: Server, address: str, message: bytes) -> Delivery:
    """Hand one mail to the server."""
    try:
        connection = _connected(server)
    except ssl.SSLError:
        return Delivery(Verdict.AWAY, f"Den säkra förbindelsen med {server.host} gick inte att upprätta")
    except smtplib.SMTPAuthenticationError:
        return Delivery(Verdict.AWAY, f"{server.host} godtar inte användaren eller lösenordet")
    except smtplib.SMTPNotSupportedError:
        return Delivery(
            Verdict.AWAY, f"{server.host} kan inte det som inställningarna begär: {server.security} eller inloggning"
        )
    except (OSError, smtplib.SMTPException):
        return Delivery(Verdict.AWAY, f"{server.host} svarar inte")
    try:
        return _handed_over(connection, server, address, message)
    finally:
        with suppress(OSError, smtplib.SMTPException):
            connection.quit()


def _connected(server: Server) -> smtplib.SMTP:
    """Logged in, with the certificate of the server checked."""
    secure = ssl.create_default_context()
    if server.security is Security.TLS:
        made: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=_SECONDS, context=secure)
    else:
        made = smtplib.SMTP(server.host, server.port, timeout=_SECONDS)
    try:
        if server.security is Security.STARTTLS:
            made.starttls(context=secure)
        if server.user:
            made.login(server.user, server.password)
        else:
            made.ehlo_or_helo_if_needed()
    except BaseException:
        made.close()
        raise
    return made


def _handed_over(connection: smtplib.SMTP, server: Server, address: str, message: bytes) -> Delivery:
    """Until the server is given the message's end, it is sure not to be sent; from then on only an answer tells."""
    try:
        for code, said in _envelope(connection, server.sender, address):
            if code not in (250, 251):
                return _not_taken(code, said)
    except (OSError, smtplib.SMTPException):
        return Delivery(Verdict.AWAY, f"{server.host} avbröt förbindelsen")
    try:
        code, said = connection.data(message)
    except smtplib.SMTPDataError as refusal:
        return _not_taken(refusal.smtp_code, refusal.smtp_error)
    except (OSError, smtplib.SMTPException):
        return Delivery(Verdict.UNKNOWN, f"{server.host} avbröt förbindelsen utan att säga om brevet togs emot.")
    return Delivery(Verdict.TAKEN) if code == 250 else _not_taken(code, said)


def _envelope(connection: smtplib.SMTP, sender: str, address: str) -> Iterator[tuple[int, bytes]]:
    yield connection.mail(sender)
    yield connection.rcpt(address)


def _not_taken(code: int, said: bytes | str) -> Delivery:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    words = " ".join(f"{code} {text}".split())[:_MOST_SAID]
    if 400 <= code < 500:
        return Delivery(Verdict.LATER, f"Servern tar inte emot brevet just nu ({words})")
    return Delivery(Verdict.REFUSED, f"Servern tog inte emot brevet ({words}).")


def _number(config: Config, name: str, default: int, most: int) -> int:
    text = config.setting(name)
    if not text:
        return default
    if not (text.isascii() and text.isdecimal() and 0 < int(text) <= most):
        raise RefusedStartError(f"TERMINSPLAN_{name} ska vara ett heltal från 1 till {most}.")
    return int(text)
