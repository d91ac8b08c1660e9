"""``gallra``: terms that ended before a day are thrown away, by decision."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import date
from typing import Any

from service.config import RefusedStartError
from service.start import configured, set_up


def run(values: Mapping[str, Any]) -> int:
    """The gallringsprotokoll on standard output."""
    config = configured(values)
    decision = str(values["decision"]).strip()
    if not decision:
        raise RefusedStartError("Ange beslutet med --beslut.")
    set_up(config)
    from service import weeding  # noqa: PLC0415  # Django is set up just now

    record = weeding.weed(config, date.fromisoformat(values["before"]), decision)
    sys.stdout.writelines(f"{line}\n" for line in record.lines())
    return 0
