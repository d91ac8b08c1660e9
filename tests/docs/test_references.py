"""Whatever code and docs say of the specifications is there: the file, the rule or point, and the section."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest

ROOT = Path(__file__).parents[2]
SPEC = ROOT / "docs" / "spec"
FOLDERS = (
    "terminsplan",
    "service",
    "models",
    "columns",
    "inputs",
    "scheduler",
    "outputs",
    "benchmarks",
    "tests",
    "docs",
    "examples",
)
NAME = re.compile(r"\b([A-Z]{4,})\.md\b")
NUMBER = re.compile(r"\b([A-Z]{4,})\.md\)?`*,? (?:\([^)]*\) ?)?(?:rules?|points?) (\d+)(?:(?:,| and|-) (\d+))?")
QUOTED = re.compile(r'\b([A-Z]{4,})\.md[^".;\n]{0,40}"([^"]+)"')
IN_BACKTICKS = re.compile(r"\b([A-Z]{4,})\.md, (?:sheet|rule|rules)? ?``([^`]+)``")
CITED = re.compile(r"\bADR[ -]?(\d{3})\b")
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)(?:#([^)\s]+))?\)")
ROOT_FILES = {"README", "CHANGELOG", "CONTRIBUTING", "SECURITY"}


def texts() -> Iterator[tuple[Path, str]]:
    """All Python files and pages, lines of a sentence joined; the
    specifications themselves speak of each other by the same names.
    """
    own = [path for folder in FOLDERS for kind in ("*.py", "*.md") for path in (ROOT / folder).rglob(kind)]
    for path in sorted([*own, *ROOT.glob("*.md")]):
        if "node_modules" not in path.parts and path != Path(__file__):
            yield path.relative_to(ROOT), re.sub(r"\n\s*", " ", path.read_text("utf-8"))


def spec(name: str) -> str:
    """The text of a specification; nothing where there is none, which another test tells."""
    path = SPEC / f"{name}.md"
    return path.read_text("utf-8") if path.is_file() else ""


def plain(text: str) -> str:
    return " ".join(text.replace("`", "").split())


def missing_files(text: str) -> set[str]:
    return {name for name in NAME.findall(text) if name not in ROOT_FILES and not (SPEC / f"{name}.md").is_file()}


def missing_numbers(text: str) -> set[str]:
    named = {(name, n) for name, *numbers in NUMBER.findall(text) for n in numbers if n and spec(name)}
    return {f"{name} {number}" for name, number in named if not re.search(rf"^{number}\. ", spec(name), re.MULTILINE)}


def missing_sections(text: str) -> set[str]:
    named = {(name, title) for name, title in (*QUOTED.findall(text), *IN_BACKTICKS.findall(text)) if spec(name)}
    return {f"{name} {title}" for name, title in named if plain(title) not in plain(spec(name))}


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("(MODEL.md rule 7).", set()),
        ("(MODEL.md rules 7 and 95).", {"MODEL 95"}),
        ("(SPEED.md, point 8)", set()),
        ("(SPEED.md, point 88)", {"SPEED 88"}),
        ("of DESIGN.md and README.md", {"DESIGN"}),
        ('(INPUT.md, "How cells are read")', set()),
        ('(INPUT.md, "How cells are cooked")', {"INPUT How cells are cooked"}),
        ("(MODEL.md, rules ``nonsense``)", {"MODEL nonsense"}),
    ],
)
def test_a_wrong_reference_is_found(text: str, missing: set[str]) -> None:
    assert missing_files(text) or missing_numbers(text) | missing_sections(text) == missing
    assert missing_files(text) == {"DESIGN"} & missing


def test_every_specification_that_is_named_is_there() -> None:
    assert {(str(path), name) for path, text in texts() for name in missing_files(text)} == set()


def test_every_rule_and_point_that_is_named_is_there() -> None:
    assert {(str(path), told) for path, text in texts() for told in missing_numbers(text)} == set()


def test_every_section_that_is_named_is_there() -> None:
    assert {(str(path), told) for path, text in texts() for told in missing_sections(text)} == set()


def test_every_decision_that_is_cited_is_there() -> None:
    known = {path.name[:3] for path in (ROOT / "docs" / "adr").glob("[0-9]*.md")}
    assert {(str(path), n) for path, text in texts() for n in CITED.findall(text) if n not in known} == set()


def test_every_decision_is_listed() -> None:
    listed = set(LINK.findall((ROOT / "docs" / "adr" / "README.md").read_text("utf-8")))
    assert {path.name for path in (ROOT / "docs" / "adr").glob("[0-9]*.md")} == {target for target, _ in listed}


def test_every_link_between_pages_leads_somewhere() -> None:
    broken = {
        (str(path), target)
        for path, text in texts()
        if path.suffix == ".md"
        for target, _ in LINK.findall(text)
        if not (ROOT / path.parent / unquote(target)).exists()
    }
    assert broken == set()
