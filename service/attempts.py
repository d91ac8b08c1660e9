"""How often somebody may try a password: few times an account and an address within a quarter of an hour."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from service.models import LoginAttempt
from service.secrets_of_links import digest

MOST_AN_ACCOUNT, MOST_AN_ADDRESS = 10, 50
WAIT_SECONDS = 15 * 60
_WITHIN = timedelta(seconds=WAIT_SECONDS)


def too_many(name: str, address: str) -> bool:
    """Whether one has to wait."""
    now = timezone.now()
    recent = LoginAttempt.objects.filter(
        at__gte=now - _WITHIN, at__lte=now
    )  # a clock that was set back locks nobody out
    return (
        recent.filter(subject=_account(name)).count() >= MOST_AN_ACCOUNT
        or recent.filter(subject=_address(address)).count() >= MOST_AN_ADDRESS
    )


def failed(name: str, address: str) -> None:
    """One more; old ones are forgotten."""
    LoginAttempt.objects.filter(at__lt=timezone.now() - _WITHIN).delete()
    LoginAttempt.objects.bulk_create(LoginAttempt(subject=subject) for subject in (_account(name), _address(address)))


def _account(name: str) -> str:
    return digest(f"konto {name.casefold()}")


def _address(address: str) -> str:
    return digest(f"adress {address}")
