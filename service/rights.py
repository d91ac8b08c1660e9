"""Accounts and keys: made, listed, closed."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from typing import Any

from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.db.models import F

from outputs.letters.mail import mailable
from service.config import RefusedStartError
from service.models import Account, ApiKey, AuditEntry, Role
from service.secrets_of_links import digest
from service.session_keys import ACCOUNT

_LONGEST, _LONGEST_ADDRESS = 150, 254
_BY = "kommando"


OF_THE_COMMAND: Mapping[str, str] = {"role": "--roll", "organisation": "--forvaltning ID", "unit": "--enhet"}
"""What the commands call the rights of an account or a key."""


def checked(
    kind: type[Account] | type[ApiKey],
    name: str,
    values: Mapping[str, Any],
    called: Mapping[str, str] = OF_THE_COMMAND,
) -> dict[str, str]:
    """The fields of a new account or key; raises RefusedStartError, in words that its reader knows the fields by."""
    role, organisation, unit = (str(values.get(key) or "") for key in ("role", "organisation", "unit"))
    if not name.strip() or len(name) > _LONGEST or not name.isprintable():
        raise RefusedStartError(f"Ange ett namn på högst {_LONGEST} tecken.")
    if role not in set(Role):
        raise RefusedStartError(f"Ange {called['role']}: {', '.join(Role)}.")
    if role == Role.ORGANISATION and not organisation:
        raise RefusedStartError(f"Rollen forvaltning behöver {called['organisation']}.")
    if role != Role.ORGANISATION and (organisation or unit):
        raise RefusedStartError(f"{called['organisation']} och {called['unit']} anges bara för rollen forvaltning.")
    if kind.objects.filter(name=name).exists():
        raise RefusedStartError(f"{name} finns redan.")
    found = {"name": name, "role": role, "organisation": organisation, "unit": unit}
    return found | _email(values) if kind is Account else found


def _email(values: Mapping[str, Any]) -> dict[str, str]:
    """Where the mails to an administration's account go; blank where it has no address of its own."""
    given = str(values.get("email") or "").strip()
    if not given:
        return {"email": ""}
    address = mailable(given)
    if address is None or len(address) > _LONGEST_ADDRESS:
        raise RefusedStartError(f"”{given}” är ingen e-postadress.")
    return {"email": address}


def make_account(fields: Mapping[str, str], password: str, by: str = _BY) -> Account:
    """An account."""
    made = Account.objects.create(**fields, password=make_password(password))
    AuditEntry.objects.create(by=by, what="konto skapat", details=f"{fields['role']} {made.id}")
    return made


def make_key(fields: Mapping[str, str], by: str = _BY) -> str:
    """A key, told this once."""
    key = secrets.token_urlsafe(32)
    made = ApiKey.objects.create(**fields, digest=digest(key))
    AuditEntry.objects.create(by=by, what="nyckel skapad", details=f"{fields['role']} {made.id}")
    return key


def close(kind: type[Account] | type[ApiKey], name: str, by: str = _BY) -> None:
    """It is of no use any more, and its name is taken for ever; raises RefusedStartError."""
    found = kind.objects.filter(name=name, active=True)
    numbers = list(found.values_list("id", flat=True))
    if not numbers:
        raise RefusedStartError(f"{name} finns inte, eller är redan stängd.")
    found.update(active=False)
    if kind is Account:
        Account.objects.filter(name=name).update(generation=F("generation") + 1)
        _end_sessions(numbers[0])
    AuditEntry.objects.create(by=by, what="stängd", details=f"{kind.__name__} {numbers[0]}")


def listed(kind: type[Account] | type[ApiKey]) -> Iterator[str]:
    """A line each."""
    for one in kind.objects.order_by("name"):
        whose = " ".join(filter(None, (one.organisation, one.unit)))
        yield "\t".join((one.name, one.role, whose, "öppen" if one.active else "stängd"))


def described(kind: type[Account] | type[ApiKey]) -> list[dict[str, object]]:
    """The same, for programs; ``forvaltning`` and ``enhet`` are null where all people are hers."""
    return [
        {
            "name": one.name,
            "role": one.role,
            "forvaltning": one.organisation or None,
            "enhet": one.unit or None,
            "active": one.active,
        }
        for one in kind.objects.order_by("name")
    ]


def _end_sessions(account: int) -> None:
    for session in Session.objects.all():
        if session.get_decoded().get(ACCOUNT) == account:
            session.delete()
