"""``terminsplan nyckel``: keys for programs."""

from __future__ import annotations

from terminsplan.service_rights import rights_command

nyckel = rights_command(
    "nyckel",
    "Skapa, lista eller stäng nycklar för program som använder tjänsten. En ny nyckel visas en enda gång.",
)
