"""``nyckel``: keys for programs, whether the service runs or stands still."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

from service.config import RefusedStartError
from service.start import configured, set_up


def run(values: Mapping[str, Any]) -> int:
    """Make, list or close. A new key stands alone on standard output, once."""
    set_up(configured(values))
    from service import rights  # noqa: PLC0415  # Django is set up just now
    from service.models import ApiKey, Role  # noqa: PLC0415

    what, name = values["what"], values.get("name") or ""
    if what != "lista" and not name.strip():
        raise RefusedStartError(f"Ange ett namn: terminsplan nyckel {what} NAMN")
    if what == "lista":
        sys.stdout.writelines(f"{line}\n" for line in rights.listed(ApiKey))
    elif what == "skapa":
        role = values.get("role") or Role.COORDINATOR.value
        sys.stdout.write(f"{rights.make_key(rights.checked(ApiKey, name, {**values, 'role': role}))}\n")
    else:
        rights.close(ApiKey, name)
        sys.stderr.write(f"Nyckeln {name} är stängd.\n")
    return 0
