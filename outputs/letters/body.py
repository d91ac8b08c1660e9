"""A letter before it is text or HTML: paragraphs and sections, so that both forms say the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from textwrap import fill

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

_TEMPLATES = Path(__file__).parent / "templates"
_WIDTH = 76


@dataclass(frozen=True)
class Item:
    """One thing in a section: what it is, and lines below it."""

    head: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Section:
    """A heading, or none where it goes on from the one before, and what stands below it."""

    title: str
    items: tuple[Item, ...] = ()
    paragraphs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Body:
    """A whole letter. ``link`` is the address of the reader's own page or subscription, where there is a service."""

    title: str
    greeting: str
    opening: tuple[str, ...]
    sections: tuple[Section, ...]
    closing: tuple[str, ...]
    link: str | None = None


def as_text(body: Body) -> str:
    """Plain text, wrapped for mail programs that do not wrap by themselves."""
    return "\n".join(_lines(body)).rstrip() + "\n"


def as_html(body: Body) -> str:
    """A page without anything from elsewhere; styles stand in the elements, since mail programs drop style sheets."""
    return _template().render(body=body)


def _lines(body: Body) -> Iterator[str]:
    yield from (body.greeting, "")
    for paragraph in body.opening:
        yield from (_wrapped(paragraph), "")
    for section in body.sections:
        if section.title:
            yield from (section.title.upper(), "")
        for paragraph in section.paragraphs:
            yield from (_wrapped(paragraph), "")
        for item in section.items:
            yield _wrapped(item.head, "- ", "  ")
            yield from (_wrapped(line, "  ", "  ") for line in item.lines)
        if section.items:
            yield ""
    if body.link is not None:
        yield from ("Prenumerera på kalendern:", body.link, "")
    for paragraph in body.closing:
        yield from (_wrapped(paragraph), "")


def _wrapped(text: str, first: str = "", others: str = "") -> str:
    return fill(
        text, _WIDTH, initial_indent=first, subsequent_indent=others, break_long_words=False, break_on_hyphens=False
    )


@cache
def _template() -> Template:
    # Names are data: every value is escaped, and a template that misspells a name fails.
    made = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return made.get_template("letter.html")
