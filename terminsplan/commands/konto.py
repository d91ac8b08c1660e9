"""``terminsplan konto``: accounts of a shared service."""

from __future__ import annotations

import click

from terminsplan.service_rights import rights_command

konto = rights_command(
    "konto",
    "Skapa, lista eller stäng konton för dem som loggar in i tjänsten. Lösenordet frågas efter.",
    click.option("--e-post", "email", metavar="ADRESS", help="Dit besked till förvaltningen skickas."),
)
