"""What ``tillgodoräknas`` and ``efter`` of a task mean: ``CI`` is a whole programme, ``CI:1`` one module of it."""

from __future__ import annotations

import re
from collections.abc import Container

from models.problem import Credit, Part

_MODULE = re.compile(r"(.+?)\s*:\s*([0-9]{1,6})")


def credit_of(written: str, programmes: Container[str]) -> Credit:
    """What is done, as written."""
    programme, module = _split(written, programmes)
    return Credit(programme=programme, module=module)


def part_of(written: str, programmes: Container[str]) -> Part:
    """The part that is written."""
    programme, module = _split(written, programmes)
    return Part(programme=programme, module=module)


def _split(written: str, programmes: Container[str]) -> tuple[str, int | None]:
    """Programme and module. A programme whose id has a colon comes before a module of another."""
    match = None if written in programmes else _MODULE.fullmatch(written)
    return (match[1], int(match[2])) if match else (written, None)
