"""The coordinator's guide names all that there is, and prints the program's own help."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from columns.settings import SETTINGS as SETTING_ROWS
from docs.printed_help import TITLE, section
from inputs.schema import SETTINGS, TABLES, TableSpec
from models.ids import Level, RoundStatus, Rule, Stability, State
from outputs.words import STATES
from terminsplan.cli import COMMANDS, cli

HANDBOOK = (Path(__file__).parents[2] / "docs" / "handbok.md").read_text("utf-8")
TOLD = HANDBOOK.partition(TITLE)[0]
RULES_THAT_ARE_NO_REASON = {Rule.SEATS, Rule.MIN_PARTICIPANTS, Rule.GIVEN}
"""They say no to a whole plan; the reason that tells of the first is ``fullt``."""


def first_cells(heading: str) -> set[str]:
    """What stands in the first column of the tables of a section, several names in one cell apart, without marks."""
    rows = re.findall(r"^\| ([^|]+) \|", part(heading), re.MULTILINE)
    return {name.strip(" `\\*") for row in rows for name in row.split(",")}


def part(heading: str) -> str:
    found = re.search(rf"^##+ {heading}\b.*?$(.*?)(?=^##|\Z)", TOLD, re.MULTILINE | re.DOTALL)
    assert found, f"docs/handbok.md has no section {heading}"
    return found[1]


def commands() -> dict[str, click.Command]:
    context = click.Context(cli)
    return {name: command for name in COMMANDS if (command := cli.get_command(context, name))}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_told_with_its_options(name: str) -> None:
    assert f"| `terminsplan {name} " in part("Kommandona")
    named = set(re.findall(r"--[a-zåäö]+(?:-[a-zåäö]+)*", TOLD))
    own = {option for parameter in commands()[name].params for option in parameter.opts if option.startswith("--")}
    assert own - named == set()


@pytest.mark.parametrize("table", TABLES, ids=[table.name for table in TABLES])
def test_every_column_is_told_in_the_section_of_its_table(table: TableSpec) -> None:
    told = set(re.findall(r"[\w-]+", part(table.name)))
    assert set(table.columns) - told == set()


def test_every_setting_is_told() -> None:
    assert {setting.key for setting in SETTING_ROWS} - first_cells(SETTINGS.name) == set()


def test_every_reason_is_told() -> None:
    assert set(Rule) - RULES_THAT_ARE_NO_REASON - first_cells("Varför inte den omgången") == set()


def test_every_state_is_told() -> None:
    assert set(STATES) == set(State)
    assert set(STATES.values()) - first_cells("Vad som blev av var och en") == set()


def test_every_level_is_told_in_its_order() -> None:
    told = re.findall(r"^\| (\d+) \| ([^|]+) \| `(\w+)` \|", part("Vad planen strävar efter"), re.MULTILINE)
    assert told == [(str(number), level.words.title, level) for number, level in enumerate(Level, 1)]


@pytest.mark.parametrize("word", [*RoundStatus, *Stability])
def test_every_status_and_every_stability_is_told(word: str) -> None:
    assert f"`{word}`" in TOLD


def test_the_printed_help_is_the_programs() -> None:
    """``make help`` writes it anew."""
    assert HANDBOOK.partition(TITLE)[2] == section().removeprefix(TITLE)
