"""``tjanst-aterstall``: what a copy holds in place of all that there is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from service.config import RefusedStartError
from service.start import configured, set_up
from service.telling import telling_of
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
    weeded = [] if again is None else ["Det här var gallrat sedan tidigare, och har gallrats igen:", *again.lines()]
    telling_of(values).done(
        "Kopian är återläst. Alla som var inloggade är utloggade; öppna tjänsten på nytt.",
        *weeded,
        "Brev skickas inte förrän någon har släppt dem på sidan Utskick: de kan ha skickats efter att kopian togs.",
        file=values["file"],
        weeded_again=None if again is None else asdict(again),
    )
    return 0
