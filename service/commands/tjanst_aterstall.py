"""``tjanst-aterstall``: what a copy holds in place of all that there is."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from service.start import configured, set_up


def run(values: Mapping[str, Any]) -> int:
    """Read it back."""
    config = configured(values)
    set_up(config)
    from service import copying, weeding  # noqa: PLC0415  # Django is set up just now

    copying.read_back(config, Path(values["file"]))
    weeding.weed_again(config)
    sys.stderr.write("Kopian är återläst. Alla som var inloggade är utloggade; öppna tjänsten på nytt.\n")
    sys.stderr.write(
        "Brev skickas inte förrän någon har släppt dem på sidan Utskick: de kan ha skickats efter att kopian togs.\n"
    )
    return 0
