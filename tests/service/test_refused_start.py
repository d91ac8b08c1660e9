"""What stands in the way of a start is told in one sentence."""

from __future__ import annotations

import socket
from pathlib import Path

from tests.service.running import run


def test_an_occupied_address_is_told_in_one_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        address = f"127.0.0.1:{other.getsockname()[1]}"
        done = run("tjanst", "--data", str(tmp_path), "--adress", address, "--ingen-webblasare")
    told = f"Fel: Tjänsten kan inte svara på http://{address}. Är adressen upptagen? Välj en annan med --adress.\n"
    assert (done.returncode, done.stdout, done.stderr) == (2, "", told)
