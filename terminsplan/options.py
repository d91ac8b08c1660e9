"""Arguments and options that several commands share, with their Swedish help, and what they are turned into."""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click

from columns.kinds import FIRST_YEAR, LAST_YEAR
from models.problem import Settings
from terminsplan.exits import Exit, RefusedError
from terminsplan.terminal import Terminal

Command = Callable[..., Exit]
PATH = click.Path(path_type=Path)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Day(click.ParamType[date]):
    """``2026-08-03``, nothing else: a planning date is too important for a guess."""

    name = "ÅÅÅÅ-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:  # noqa: ANN401
        """The date, or a usage error."""
        if isinstance(value, date):
            return value
        try:
            found = date.fromisoformat(value) if _DAY.fullmatch(value) else None
        except ValueError:
            found = None
        if found is None:
            self.fail(f"”{value}” är inget datum; skriv som 2026-08-03.", param, ctx)
        if not FIRST_YEAR <= found.year <= LAST_YEAR:
            self.fail(f"”{value}” ligger inte mellan år {FIRST_YEAR} och {LAST_YEAR}.", param, ctx)
        return found


class Number(click.ParamType[float]):
    """A number within bounds, with a decimal comma or point; neither
    infinite nor "not a number", which click's own ranges let through.
    """

    def __init__(self, name: str, kind: type[float], least: float, most: float) -> None:
        self.name = name
        self.kind = kind
        self.least = least
        self.most = most

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:  # noqa: ANN401
        """The number, or a usage error."""
        try:
            number = self.kind(value.replace(",", ".") if isinstance(value, str) else value)
        except ValueError:
            number = math.nan
        if not self.least <= number <= self.most:
            whole = "ett heltal" if self.kind is int else "ett tal"
            least, most = (str(bound).replace(".", ",") for bound in (self.least, self.most))
            self.fail(f"”{value}” är inte {whole} från {least} till {most}.", param, ctx)
        return number


class _ToldWhole(click.Command):
    """A command whose help stands whole in the list of commands, on as many lines as it takes."""

    def get_short_help_str(self, limit: int = 45) -> str:
        """All of it, whatever click would cut it at."""
        return self.help or ""


def command(help_: str) -> Callable[[Command], click.Command]:
    """A command with ``--tyst`` and ``--json``. Its function gets a Terminal and returns the exit code."""

    def decorate(function: Command) -> click.Command:
        @functools.wraps(function)
        def run(*, quiet: bool, as_json: bool, **values: Any) -> None:  # noqa: ANN401
            terminal = Terminal(quiet=quiet, as_json=as_json)
            try:
                code = function(terminal, **values)
            except RefusedError as refusal:
                terminal.refuse(refusal)
                code = refusal.code
            click.get_current_context().exit(code)

        name = function.__name__.replace("_", "-")
        made = click.command(name, cls=_ToldWhole, help=help_, options_metavar="[TILLVAL]")(run)
        made.params += [
            click.Option(["--tyst", "quiet"], is_flag=True, help="Visa bara fel, ingen sammanfattning."),
            click.Option(
                ["--json", "as_json"],
                is_flag=True,
                help="Skriv resultatet som JSON på standard ut, allt annat på standard fel.",
            ),
        ]
        return made

    return decorate


source = click.argument(
    "source", metavar="IN", type=PATH, help="Mapp med CSV-filer eller Excelbok (.xlsx) med terminens tabeller."
)
folder = click.argument("folder", metavar="UT", type=PATH, help="Mapp med en plan.")
output = click.option("-o", "output", metavar="UT", type=PATH, required=True, help="Mapp som planen skrivs till.")
force = click.option("--tvinga", "force", is_flag=True, help="Ersätt en plan som redan finns där.")
strict = click.option(
    "--strikt", "strict", is_flag=True, help="Avsluta med kod 5 om någon är sen eller saknar plats. Planen skrivs ändå."
)
planning_day = click.option(
    "--planeringsdag",
    "planning_day",
    type=Day(),
    metavar="ÅÅÅÅ-MM-DD",
    help="Dagen som planen görs. Förval: den som står i inställningarna, annars i dag.",
)
max_seconds = click.option(
    "--max-tid",
    "max_seconds",
    type=Number("SEKUNDER", float, 0.001, 1_000_000),
    default=60,
    show_default=True,
    help="Längsta tid i sekunder att söka efter en bättre plan.",
)
SEED = Number("TAL", int, 0, 2**31 - 1)
seed = click.option(
    "--seed",
    type=SEED,
    default=1,
    show_default=True,
    help="Frö: ett tal som väljer mellan planer som är precis lika bra. Samma tal ger samma plan.",
)
pseudonyms = click.option("--pseudonymer", "pseudonyms", is_flag=True, help="Ersätt namn och adresser med id överallt.")


def planning_date(settings: Settings, given: date | None) -> date:
    """The option, else the setting, else today where the term is held."""
    return given or settings.planning_date or datetime.now(ZoneInfo(settings.timezone)).date()


data = click.option(
    "--data",
    "data",
    metavar="MAPP",
    type=PATH,
    help="Tjänstens datamapp. Förval: terminsplan i mappen där program har sina data.",
)
database = click.option(
    "--databas",
    "database",
    metavar="URL",
    help="PostgreSQL i stället för SQLite, som postgresql://server/databas; lösenordet står aldrig här.",
)


def service_values(terminal: Terminal, folder: Path | None, url: str | None) -> dict[str, object]:
    """What every command of the service is told."""
    spoken = {"quiet": terminal.quiet, "as_json": terminal.as_json}
    return {"data": str(folder) if folder else None, "database": url, **spoken}


def what(function: Command) -> Command:
    """What is to be done with an account or a key, and its name."""
    named = click.argument(
        "name", metavar="[NAMN]", required=False, help="Kontots eller nyckelns namn; inte för lista."
    )
    act = click.argument(
        "what", metavar="skapa|lista|stang", type=click.Choice(("skapa", "lista", "stang")), help="Vad som ska göras."
    )
    return act(named(function))


def rights(function: Command) -> Command:
    """Role, administration and unit."""
    roles = click.Choice(("administrator", "samordnare", "forvaltning"))
    role = click.option("--roll", "role", type=roles, help="Vad den får göra. Förval för nycklar: samordnare.")
    organisation = click.option(
        "--forvaltning", "organisation", metavar="ID", help="Vilken förvaltnings personer rollen forvaltning gäller."
    )
    unit = click.option("--enhet", "unit", metavar="NAMN", help="Bara den enhetens personer.")
    return role(organisation(unit(function)))
