"""``gallra``: terms that ended before a day are thrown away, by decision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from service.config import RefusedStartError
from service.start import configured, set_up
from service.telling import telling_of


def run(values: Mapping[str, Any]) -> int:
    """The gallringsprotokoll on standard output."""
    config = configured(values)
    decision = str(values["decision"]).strip()
    if not decision:
        raise RefusedStartError("Ange beslutet med --beslut.")
    set_up(config)
    from service import weeding  # noqa: PLC0415  # Django is set up just now

    record = weeding.weed(config, date.fromisoformat(values["before"]), decision)
    telling_of(values).result(record.lines(), **asdict(record))
    return 0
