"""The help of all commands at the end of docs/handbok.md, as the program prints it."""

from __future__ import annotations

from click.testing import CliRunner

from terminsplan.cli import COMMANDS, cli

TITLE = "## Alla val\n"
WIDTH = 100


def printed(*words: str) -> str:
    """What ``terminsplan WORDS --help`` prints."""
    result = CliRunner().invoke(cli, [*words, "--help"], prog_name="terminsplan", terminal_width=WIDTH)
    assert result.exit_code == 0, result.output
    return "\n".join(line.rstrip() for line in result.output.splitlines())


def section() -> str:
    """The last section of the handbook."""
    helps = [printed(), *map(printed, COMMANDS)]
    told = "Så här svarar programmet på `--help`, kommando för kommando. Avsnittet skrivs av `make help`.\n"
    return "\n".join([TITLE, told, *(f"```\n{text}\n```\n" for text in helps)])


def with_help(handbook: str) -> str:
    """The handbook with its last section made anew."""
    return handbook.partition(TITLE)[0].rstrip("\n") + "\n\n" + section()
