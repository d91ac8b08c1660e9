"""What ``tillgodoräknas`` means: ``CI`` is a whole programme, ``CI:1`` one module of it."""

from __future__ import annotations

import re
from collections.abc import Container

from models.problem import Credit

_MODULE = re.compile(r"(.+?)\s*:\s*([0-9]{1,6})")


def credit_of(written: str, programmes: Container[str]) -> Credit:
    """The credit. A programme whose id has a colon comes before a module of another."""
    match = None if written in programmes else _MODULE.fullmatch(written)
    return Credit(programme=match[1], module=int(match[2])) if match else Credit(programme=written)
