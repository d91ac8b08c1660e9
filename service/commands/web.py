"""The web process; started by ``tjanst``. Tells its parent on
standard output where it answers, and when somebody ended the service.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.conf import settings

from service.config import RefusedStartError
from service.start import django_ready, when_parent_ends


def run(_values: Mapping[str, Any]) -> int:
    """Answer until told to stop."""
    config = django_ready()

    from service.web import Web  # noqa: PLC0415  # Django is set up just now

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    when_parent_ends(lambda: os._exit(0))
    try:
        web = Web(config)
    except OSError:
        raise RefusedStartError(
            f"Tjänsten kan inte svara på {config.address}. Är adressen upptagen? Välj en annan med --adress."
        ) from None
    settings.CONFIG = replace(config, port=web.port)  # any free one was asked for with port 0
    sys.stdout.write(f"lyssnar {web.port}\n")
    sys.stdout.flush()
    web.run()
    return 0
