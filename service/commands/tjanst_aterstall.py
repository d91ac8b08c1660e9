"""``tjanst-aterstall``: what a copy holds in place of all that there is."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from service.config import RefusedStartError
from service.start import configured, set_up
from terminsplan.locks import Lock, TakenError


def run(values: Mapping[str, Any]) -> int:
    """Read it back."""
    config = configured(values)
    set_up(config)
    from service import clearing, copying, weeding  # noqa: PLC0415  # Django is set up just now

    try:
        lock = Lock(config.data / clearing.RESTORING)
    except TakenError:
        raise RefusedStartError("Tjänsten startar, eller en kopia läses tillbaka, just nu. Försök igen.") from None
    try:
        copying.read_back(config, Path(values["file"]))
        again = weeding.weed_again(config)
    finally:
        lock.free()
    sys.stderr.write("Kopian är återläst. Alla som var inloggade är utloggade; öppna tjänsten på nytt.\n")
    if again is not None:
        sys.stderr.write("Det här var gallrat sedan tidigare, och har gallrats igen:\n")
        sys.stderr.writelines(f"{line}\n" for line in again.lines())
    sys.stderr.write(
        "Brev skickas inte förrän någon har släppt dem på sidan Utskick: de kan ha skickats efter att kopian togs.\n"
    )
    return 0
