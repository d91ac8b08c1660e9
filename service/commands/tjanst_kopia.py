"""``tjanst-kopia``: a consistent copy while the service runs."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from service.start import configured, set_up
from service.telling import telling_of


def run(values: Mapping[str, Any]) -> int:
    """Write it."""
    config = configured(values)
    set_up(config)
    from service import copying  # noqa: PLC0415  # Django is set up just now

    copying.write(config, Path(values["file"]))
    telling_of(values).done(
        (
            f"Skrev {values['file']}. Den innehåller personuppgifter, men inga nycklar: spara den hemliga nyckeln och "
            "länknyckeln för sig."
        ),
        file=values["file"],
    )
    return 0
