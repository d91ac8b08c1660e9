"""``tjanst-lank``: another link that opens the service once."""

from __future__ import annotations

import socket
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from service.config import RefusedStartError, split_address
from service.start import ADDRESS_FILE, configured, set_up
from service.telling import telling_of

_PATIENCE_SECONDS = 5


def run(values: Mapping[str, Any]) -> int:
    """The link alone on standard output."""
    config = configured(values)
    try:
        address = (config.data / ADDRESS_FILE).read_text("utf-8").strip()
        host, port = split_address(address)
        socket.create_connection((host, port), _PATIENCE_SECONDS).close()
    except OSError:  # a service that was killed leaves its address behind
        raise RefusedStartError(
            "Tjänsten är inte i gång på egen dator. Starta den med: terminsplan tjanst. "
            "En delad tjänst har ingen länk: där loggar var och en in, på tjänstens adress."
        ) from None
    set_up(config)
    from service import doors  # noqa: PLC0415  # Django is set up just now

    link = doors.new_link(replace(config, host=host, port=port))
    telling_of(values).result([link], link=link)
    return 0
