"""The report's own content within a page: its words and pictures
unchanged, its styles moved out, since no page has inline ones.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from outputs.files.report import NAME

_MAIN = re.compile(r"<main\b[^>]*>(?P<inside>.*)</main>", re.DOTALL)
_STYLED = re.compile(r'(?P<start><[a-zA-Z][^<>]*?) style="(?P<style>[^"]*)"(?P<rest>[^<>]*)>')
_CLASS = re.compile(r' class="([^"]*)"')


@dataclass(frozen=True)
class ReportContent:
    """``html`` is what stands in the report's main part, ``css`` what its elements were styled with."""

    html: str
    css: str


@lru_cache(maxsize=8)
def of_plan(folder: Path) -> ReportContent:
    """The report in a plan folder; folders never change."""
    page = (folder / NAME).read_text("utf-8")
    found = _MAIN.search(page)
    inside = found["inside"] if found else ""
    names: dict[str, str] = {}
    html = _STYLED.sub(lambda match: _with_class(match, names), inside)
    return ReportContent(html, _rules(names))


def _with_class(match: re.Match[str], names: dict[str, str]) -> str:
    """The element with a class in place of its style. Values are
    escaped, so that no quotation mark of theirs ends it early.
    """
    name = names.setdefault(match["style"], f"u{len(names)}")
    element = f"{match['start']}{match['rest']}"
    if _CLASS.search(element):
        return _CLASS.sub(lambda found: f' class="{found[1]} {name}"', element, count=1) + ">"
    if element.endswith("/"):
        return f'{element[:-1]} class="{name}"/>'
    return f'{element} class="{name}">'


def _rules(names: Mapping[str, str]) -> str:
    return "".join(f".{name}{{{style}}}\n" for style, name in names.items() if not set("{}<\\@") & set(style))
