"""Click says everything in Swedish, also after an upgrade of click."""

import ast
from pathlib import Path

import click

from terminsplan.swedish import COUNTED_TEXTS, TEXTS

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


def test_every_text_that_click_shows_has_its_swedish() -> None:
    texts = set().union(*map(looked_up, MODULES))
    assert texts - FOR_PROGRAMMERS_OR_UNUSED - TEXTS.keys() - COUNTED_TEXTS.keys() == set()
