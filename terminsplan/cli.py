"""``terminsplan``: the group of commands, and the last catch for what nobody foresaw."""

from __future__ import annotations

import logging
import os
import sys
import traceback
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import click

from terminsplan import bug_report
from terminsplan.collecting import collect_seldom
from terminsplan.exits import Exit
from terminsplan.interrupts import NOTHING_WRITTEN, leave_now
from terminsplan.swedish import speaking_swedish
from terminsplan.terminal import spare_the_code_page

COMMANDS = (
    "mall",
    "planera",
    "omplanera",
    "kontrollera",
    "granska",
    "skillnad",
    "orsak",
    "prova",
    "utskick",
    "narvarolista",
    "nasta-termin",
    "exportera",
    "uppfoljning",
    "dimensionera",
    "tjanst",
    "tjanst-lank",
    "konto",
    "nyckel",
    "tjanst-kopia",
    "tjanst-aterstall",
    "gallra",
)
DEBUG = "TERMINSPLAN_FELSOK"
ISSUES = "den som sköter terminsplan hos er"


# Nothing that is logged reaches the user unless somebody asks for it.
logging.getLogger("terminsplan").addHandler(logging.NullHandler())


class _Commands(click.Group):
    """Commands are imported when they are asked for: checking an input needs no solver."""

    def main(self, *arguments: Any, **options: Any) -> Any:  # noqa: ANN401 - as click has it
        """Run a command, in Swedish."""
        with speaking_swedish():
            return super().main(*arguments, **options)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order in which one needs them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command in the file of that name."""
        if cmd_name not in COMMANDS:
            return None
        name = cmd_name.replace("-", "_")
        found = getattr(import_module(f"terminsplan.commands.{name}"), name)
        assert isinstance(found, click.Command)
        return found


def _version() -> str:
    try:
        return version("terminsplan")
    except PackageNotFoundError:  # run from a checkout that is not installed
        return "utan installation"


@click.group(
    cls=_Commands,
    help="Terminsplan: bevisat bra terminsplaner för introduktionen av nyanställda i socialtjänsten.",
    epilog="Börja med ”terminsplan mall IN.xlsx”, sedan ”kontrollera IN.xlsx” och ”planera IN.xlsx -o UT”.",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    options_metavar="[TILLVAL]",
    subcommand_metavar="KOMMANDO [ARGUMENT]...",
)
@click.version_option(_version(), prog_name="terminsplan", help="Visa programmets version och avsluta.")
def cli() -> None:
    """The group itself does nothing."""


def main(arguments: list[str] | None = None) -> None:
    """Run a command and exit with its code; never a traceback."""
    collect_seldom()
    spare_the_code_page((sys.stdout, sys.stderr))
    try:
        code = cli.main(arguments, prog_name="terminsplan", standalone_mode=False)
    except click.ClickException as refusal:
        with speaking_swedish():
            refusal.show()
        code = refusal.exit_code
    except click.Abort:  # where no handler of ours stands
        leave_now(Exit.STOPPED, NOTHING_WRITTEN)
    except BrokenPipeError:  # the reader of a pipe left; there is nobody to tell
        code = Exit.DONE
    except Exception as error:
        _apologise(error)
        code = Exit.BUG
    sys.exit(code)


def _apologise(error: Exception) -> None:
    """A bug: say so, without a name or a value of the input, which a traceback may hold."""
    click.echo(
        f"Fel: något oväntat hände ({type(error).__name__}). Det är ett fel i terminsplan, inte i dina filer.", err=True
    )
    if os.environ.get(DEBUG):
        traceback.print_exception(error)
    place = bug_report.write(error)
    if place is not None:
        click.echo(
            f"Skicka filen {place} till {ISSUES}. Den innehåller inga namn och inget ur dina tabeller.", err=True
        )
