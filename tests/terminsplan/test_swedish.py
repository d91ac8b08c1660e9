"""Click says everything in Swedish, also after an upgrade of click."""

import ast
import os
from collections.abc import Sequence
from pathlib import Path

import click
import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from terminsplan.swedish import CATALOGUES, DOMAIN, speaking_swedish

FOLDER = CATALOGUES / "sv" / "LC_MESSAGES"
MODULES = ("core", "decorators", "exceptions", "formatting", "parser", "types")

FOR_PROGRAMMERS_OR_UNUSED = {
    "DeprecationWarning: The command {name!r} is deprecated.{extra_message}",
    "DeprecationWarning: The {param_type} {name!r} is deprecated.{extra_message}",
    "Could not determine name for option with declarations {decls!r}",
    "No options defined but a name was passed ({name}). Did you mean to declare an argument instead? "
    "Did you mean to pass '--{name}'?",
    "Arguments take exactly one parameter declaration, got {length}: {decls}.",
    "Name '{name}' defined twice",
    "Boolean option {decl!r} cannot use the same flag for true/false.",
    "Do you want to continue?",
    "Confirm the action without prompting.",
    "Invalid start character for option ({option})",
    "{value!r} is not a valid UUID.",
}


def looked_up(module: str) -> set[str]:
    tree = ast.parse((Path(click.__path__[0]) / f"{module}.py").read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
    return {
        node.args[0].value
        for node in calls
        if isinstance(node.func, ast.Name)
        and node.func.id in ("_", "ngettext")
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    }


Texts = dict[str | tuple[str, ...], str | tuple[str, ...]]


def texts(catalogue: Catalog) -> Texts:
    """Swedish by English; a text that counts has two of each."""
    return {_plain(message.id): _plain(message.string) for message in catalogue if message.id}


def _plain(text: str | Sequence[str] | None) -> str | tuple[str, ...]:
    return text if isinstance(text, str) else tuple(text or ())


def written() -> Texts:
    with (FOLDER / f"{DOMAIN}.po").open("rb") as file:
        return texts(read_po(file, locale="sv"))


def test_every_text_that_click_shows_has_its_swedish() -> None:
    looked = set().union(*map(looked_up, MODULES))
    known = {english if isinstance(english, str) else english[0] for english in written()}
    assert looked - FOR_PROGRAMMERS_OR_UNUSED - known == set()


def test_no_text_is_left_empty() -> None:
    assert [english for english, swedish in written().items() if not all(swedish)] == []


def test_what_the_program_reads_is_what_is_written() -> None:
    """``make catalogue`` compiles it anew."""
    with (FOLDER / f"{DOMAIN}.mo").open("rb") as file:
        assert texts(read_mo(file)) == written()


def test_click_speaks_swedish_whatever_the_user_speaks_and_only_until_it_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "en")
    english = click.NoSuchOption("--x").format_message()
    with speaking_swedish():
        assert click.NoSuchOption("--x").format_message() == "Tillvalet --x finns inte."
    assert click.NoSuchOption("--x").format_message() == english
    assert os.environ["LANGUAGE"] == "en"
