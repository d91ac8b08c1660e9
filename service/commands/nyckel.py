"""``nyckel``: keys for programs, whether the service runs or stands still."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from service.config import RefusedStartError
from service.start import configured, set_up
from service.telling import telling_of


def run(values: Mapping[str, Any]) -> int:
    """Make, list or close. A new key stands alone on standard output, once."""
    set_up(configured(values))
    from service import rights  # noqa: PLC0415  # Django is set up just now
    from service.models import ApiKey, Role  # noqa: PLC0415

    what, name, telling = values["what"], values.get("name") or "", telling_of(values)
    if what != "lista" and not name.strip():
        raise RefusedStartError(f"Ange ett namn: terminsplan nyckel {what} NAMN")
    if what == "lista":
        telling.result(rights.listed(ApiKey), keys=rights.described(ApiKey))
    elif what == "skapa":
        role = values.get("role") or Role.COORDINATOR.value
        key = rights.make_key(rights.checked(ApiKey, name, {**values, "role": role}))
        telling.result([key], name=name, key=key)
    else:
        rights.close(ApiKey, name)
        telling.done(f"Nyckeln {name} är stängd.", name=name)
    return 0
